// What the kernel writes down about each process: a short form of its record.
import { machine, ms, Process, print, processes, sleep } from 'interleave';

machine({ cores: 1 });

const waiter = new Process(() => sleep(ms(10)), { name: 'waiter' });
const worker = new Process(
  () => {
    while (true) {}
  },
  { name: 'worker' },
);
const leaver = new Process(() => 3, { name: 'leaver' });

sleep(ms(5));
for (const { pid, parent, name, state } of processes()) print(pid, parent, name, state);

worker.kill('SIGKILL');
for (const child of [waiter, worker, leaver]) child.wait();
