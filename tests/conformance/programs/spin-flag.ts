import { print, Thread } from 'interleave';

let ready = false;
let data = 0;
const writer = new Thread(() => {
  data = 42;
  ready = true;
});
const reader = new Thread(() => {
  while (!ready) {}
  return data;
});
writer.join();
print(reader.join());
