// A heartbeat every millisecond, and a report that takes five to work out.
import { compute, machine, ms, now, print } from 'interleave';

machine({ cores: 2, costs: 'free' });

let beats = 0;
let last = now();
const heartbeat = setInterval(() => {
  const gap = (now() - last) / ms(1);
  last = now();
  if (gap > 1.5) print('no heartbeat for', gap, 'ms');
  if (++beats === 10) clearInterval(heartbeat);
}, 1);

setTimeout(() => {
  print('report: start');
  compute(ms(5));
  print('report: done');
}, 3);
