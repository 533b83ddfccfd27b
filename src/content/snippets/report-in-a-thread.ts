// The same report in a thread of its own. The loop hears of it through a pipe.
import { compute, machine, ms, now, onReadable, pipe, print, Thread } from 'interleave';

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

const [result, finished] = pipe<string>();
const stop = onReadable(result, () => {
  print('report:', result.read());
  stop();
});
new Thread(() => {
  compute(ms(5));
  finished.write('done');
});
