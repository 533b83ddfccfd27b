import { Thread } from 'interleave';

let ready = false;
let other = false;
const a = new Thread(
  () => {
    while (!ready) {}
    other = true;
  },
  { name: 'a' },
);
const b = new Thread(() => {
  while (!other) {}
  ready = true;
});
a.join();
b.join();
