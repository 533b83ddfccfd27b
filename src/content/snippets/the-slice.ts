// Two threads, 1 ms of work each. Shorter slices, more switches, less work.
import { compute, machine, ms, now, print, Thread, us } from 'interleave';

machine({ cores: 1, policy: 'rr', quantum: us(5), costs: 'modern' });

const start = now();
const jobs = [new Thread(() => compute(ms(1))), new Thread(() => compute(ms(1)))];
for (const job of jobs) job.join();

const elapsed = now() - start;
const wasted = 100 * (1 - ms(2) / elapsed);
print('2 ms of work took', (elapsed / ms(1)).toFixed(2), 'ms');
print(wasted.toFixed(1), '% of it was switching');
