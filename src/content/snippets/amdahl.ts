// A fifth of the work must be done alone. How fast can the rest make it?
import { compute, machine, ms, now, print, Thread } from 'interleave';

machine({ cores: 16, costs: 'free' });

const alone = ms(20);
const together = ms(80);

const run = (workers: number) => {
  const start = now();
  compute(alone);
  const share = () => compute(together / workers);
  const threads = Array.from({ length: workers }, () => new Thread(share));
  for (const thread of threads) thread.join();
  return now() - start;
};

for (const workers of [1, 2, 4, 8, 16]) {
  const elapsed = run(workers);
  const speedUp = (ms(100) / elapsed).toFixed(2);
  print(workers, 'workers:', elapsed / ms(1), 'ms,', speedUp, 'times as fast');
}
