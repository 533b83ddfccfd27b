// Opened by its address it would have the site's origin: then it does nothing.
if (origin === 'null') {
  addEventListener(
    'message',
    ({ data: source, ports: [page] }) => {
      const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
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
    },
    { once: true },
  );
}
