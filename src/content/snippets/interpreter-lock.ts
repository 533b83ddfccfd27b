// Four cores and an interpreter lock: threads take turns, processes do not.
import { compute, machine, ms, now, Process, print, Thread } from 'interleave';

machine({ cores: 4, interpreterLock: true, costs: 'free' });

const job = () => compute(ms(10));
const four = [1, 2, 3, 4];

let start = now();
const threads = four.map(() => new Thread(job));
for (const thread of threads) thread.join();
print('four threads:  ', (now() - start) / ms(1), 'ms');

start = now();
const children = four.map(() => new Process(job));
for (const child of children) child.wait();
print('four processes:', (now() - start) / ms(1), 'ms');
