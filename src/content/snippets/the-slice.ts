// Two threads, 10 ms of work each. Shorter slices, more switches, less work.
import { compute, machine, ms, now, print, Thread, us } from 'interleave';

machine({ cores: 1, policy: 'rr', quantum: us(2), costs: 'modern' });

const start = now();
const jobs = [new Thread(() => compute(ms(10))), new Thread(() => compute(ms(10)))];
for (const job of jobs) job.join();

const elapsed = now() - start;
const wasted = 100 * (1 - ms(20) / elapsed);
print('20 ms of work took', (elapsed / ms(1)).toFixed(2), 'ms');
print(wasted.toFixed(1), '% of it was switching');
