// Two fibers with work to do, on a machine with two cores. Then two threads.
import { compute, Fiber, machine, now, print, Thread, us } from 'interleave';

machine({ cores: 2, costs: 'free' });

const microseconds = (work: () => void) => {
  const begin = now();
  work();
  return (now() - begin) / us(1);
};
const job = () => compute(us(100));

const fibers = microseconds(() => {
  for (const fiber of [new Fiber(job), new Fiber(job)]) fiber.resume();
});
const threads = microseconds(() => {
  for (const thread of [new Thread(job), new Thread(job)]) thread.join();
});

print('two fibers:', fibers, 'µs');
print('two threads:', threads, 'µs');
