// Eight children do nothing but exist. How much memory does each take, and how much do eight threads add?
import { machine, ms, Process, print, processes, sleep, Thread } from 'interleave';

machine({ cores: 1 });

const KIB = 1024;
const memoryOf = (pids: number[]) =>
  processes()
    .filter(({ pid }) => pids.includes(pid))
    .reduce((sum, { memory }) => sum + memory, 0) / KIB;

const linger = () => sleep(ms(10));
const me = processes().map(({ pid }) => pid);

const before = memoryOf(me);
const threads = Array.from({ length: 8 }, () => new Thread(linger));
sleep(ms(1));
print('eight threads add    ', memoryOf(me) - before, 'KiB');
for (const thread of threads) thread.join();

const children = Array.from({ length: 8 }, () => new Process(linger));
sleep(ms(1));
print('eight processes take ', memoryOf(children.map(({ pid }) => pid)), 'KiB');
for (const child of children) child.wait();
