// Four jobs of 10 ms. On one core they take turns; on four they run at once.
import { compute, machine, ms, now, print, Thread } from 'interleave';

machine({ cores: 4, costs: 'free' });

const run = (coreOf: (job: number) => number) => {
  const start = now();
  const jobs = [0, 1, 2, 3].map((job) => new Thread(() => compute(ms(10)), { core: coreOf(job) }));
  for (const job of jobs) job.join();
  return Math.round((now() - start) / ms(1));
};

print(
  'all on core 0:  ',
  run(() => 0),
  'ms',
);
print(
  'a core for each:',
  run((job) => job),
  'ms',
);
