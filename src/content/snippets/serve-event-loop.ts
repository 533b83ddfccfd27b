// A server with one thread and an event loop.
import { compute, ioAsync, ms, now, Process, print, processes, SharedMemory, sleep } from 'interleave';

const requests = 40;
const latency = new SharedMemory('latency', requests);
const arrival = (i: number) => ms(0.2 * i);

const handle = async (i: number) => {
  compute(ms(0.05)); // read the request
  if (i === 30) throw new Error('poisoned'); // nobody catches it
  await ioAsync(ms(2), `query ${i}`);
  compute(ms(0.05)); // write the answer
  latency.set(i, now() - arrival(i));
};

const serve = () => {
  for (let i = 0; i < requests; i++)
    ioAsync(Math.max(0, arrival(i) - now()), `client ${i}`).then(() => handle(i));
};

const server = new Process(serve, { name: 'server' });
sleep(ms(5)); // halfway
const memory = processes().reduce((sum, each) => sum + each.memory, 0);
const { code } = server.wait();

const measured = Array.from({ length: requests }, (_, i) => latency.get(i));
const times = measured.filter((time) => time > 0);
print('answered', times.length, 'of', requests, 'and left with code', code);
const slowest = (Math.max(...times) / ms(1)).toFixed(1);
print('slowest answer', slowest, 'ms; memory', memory / 1024, 'KiB');
