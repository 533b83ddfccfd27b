// The only script of the sandbox frame. It keeps workers and hands each a port to the page; it never reads what they say.
// Runs as an inline script of an opaque origin, so it is plain JavaScript and imports nothing.
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
