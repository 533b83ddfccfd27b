// Let it crash, and start it again: from a clean state, and not for ever.
import { compute, ms, now, Process, poke, print, sleep } from 'interleave';

const LIMIT = 5;

const worker = (attempt: number) =>
  new Process(
    () => {
      compute(ms(1));
      if (attempt < 3) poke(0, 1); // a fault that goes away
      print('attempt', attempt, 'finished the work');
    },
    { name: `worker ${attempt}` },
  );

for (let attempt = 1; attempt <= LIMIT; attempt++) {
  const { signal } = worker(attempt).wait();
  if (!signal) break;
  print('attempt', attempt, 'died of', signal);
  sleep(ms(2 ** attempt)); // wait longer each time
}
print('done after', Math.round(now() / ms(1)), 'ms');
