/** Tells the page around an embed how high it is, so that the iframe can grow: `{ type: 'interleave:height', height }`. */

const tell = () =>
  parent.postMessage({ type: 'interleave:height', height: document.documentElement.offsetHeight }, '*');

if (parent !== window) new ResizeObserver(tell).observe(document.documentElement);
