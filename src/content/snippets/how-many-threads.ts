// 48 requests: 1 ms of computing, 3 ms of waiting each.
// Two cores. How many threads?
import { Channel, compute, io, machine, ms, now, print, Thread } from 'interleave';

machine({ cores: 2, policy: 'rr', quantum: ms(1), costs: 'modern' });

const requests = 48;

const serveWith = (size: number) => {
  const queue = new Channel<number>(requests);
  for (let i = 0; i < requests; i++) queue.send(i);
  queue.close();
  const start = now();
  const threads = Array.from(
    { length: size },
    (_, i) =>
      new Thread(() => {
        for (const _ of queue) {
          compute(ms(1));
          io(ms(3), `connection ${i}`);
        }
      }),
  );
  for (const thread of threads) thread.join();
  return (now() - start) / ms(1);
};

for (const size of [1, 2, 4, 8, 16, 48]) {
  print(size, 'threads:', serveWith(size).toFixed(0), 'ms');
}
