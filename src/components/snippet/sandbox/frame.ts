import script from './frame.js?raw';

/** Nothing may be loaded or reached from the frame; it may make scripts of its own text and workers of its own blobs. */
const policy =
  "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; connect-src 'none'";

/** The frame's document. Without `allow-same-origin` its origin is opaque: no cookies, no storage, no parent. */
const frameDocument = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script>${script}</script>`;

/** Put the sandbox frame into the page and give it the worker's source as soon as both are there. The port speaks with `frame.js`. */
export async function openFrame(workerSource: Promise<string>): Promise<MessagePort> {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.hidden = true;
  frame.title = 'Sandbox of the simulated machine';
  frame.srcdoc = frameDocument;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  document.body.append(frame);
  const { port1, port2 } = new MessageChannel();
  try {
    const [source] = await Promise.all([workerSource, loaded]);
    frame.contentWindow?.postMessage(source, '*', [port2]);
  } catch (error) {
    frame.remove();
    throw error;
  }
  port1.start();
  return port1;
}
