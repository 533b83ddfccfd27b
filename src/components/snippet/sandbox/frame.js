// Opened by its address it would have the site's origin: then it does nothing.
if (origin === 'null') {
  // A worker waits for a script and the port that the script is to serve. It starts while the script is on its way.
  const first = `onmessage = ({ ports: [line] }) => {
    line.onmessage = ({ data, ports: [port] }) => {
      line.close();
      new Function('port', data)(port);
    };
  };`;
  const url = URL.createObjectURL(new Blob([first], { type: 'text/javascript' }));
  addEventListener(
    'message',
    ({ ports: [page] }) => {
      const workers = new Map();
      page.onmessage = ({ data: { id, end }, ports }) => {
        if (end) {
          workers.get(id)?.terminate();
          workers.delete(id);
          return;
        }
        const worker = new Worker(url);
        workers.set(id, worker);
        worker.onerror = (event) => page.postMessage({ id, message: event.message || 'the worker ended' });
        worker.postMessage(null, ports);
      };
      page.postMessage({});
    },
    { once: true },
  );
}
