// The same report in five slices, with room for the heartbeat in between.
import { compute, machine, ms, now, print } from 'interleave';

machine({ cores: 2, costs: 'free' });

let longest = 0;
let beats = 0;
let last = now();
const heartbeat = setInterval(() => {
  longest = Math.max(longest, (now() - last) / ms(1));
  last = now();
  if (++beats === 10) {
    clearInterval(heartbeat);
    print('longest gap:', longest, 'ms');
  }
}, 1);

const slice = (left: number) => {
  compute(ms(1));
  if (left > 1) setImmediate(() => slice(left - 1));
  else print('report: done');
};
setTimeout(() => slice(5), 3);
