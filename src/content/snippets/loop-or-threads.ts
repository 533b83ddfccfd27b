// Forty requests on one core, each 1 ms of computing
// and 50 ms of waiting, served in three ways.
import { compute, io, ioAsync, machine, ms, now, print, Thread } from 'interleave';

machine({ cores: 1, policy: 'rr', quantum: ms(1), costs: 'free' });

const requests = Array.from({ length: 40 }, (_, i) => `query ${i}`);

const blocking = (query: string) => {
  compute(ms(1));
  io(ms(50), query);
};

const awaiting = async (query: string) => {
  compute(ms(1));
  await ioAsync(ms(50), query);
};

let start = now();
const report = (way: string) => print(way, (now() - start) / ms(1), 'ms');

for (const query of requests) blocking(query);
report('one thread that waits:');

start = now();
const threads = requests.map((query) => new Thread(() => blocking(query)));
for (const thread of threads) thread.join();
report('forty threads:');

start = now();
await Promise.all(requests.map(awaiting));
report('one event loop:');
