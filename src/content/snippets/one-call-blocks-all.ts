// Three fibers that wait for a disk, and three threads that do.
import { Fiber, io, machine, now, print, Thread, us } from 'interleave';

machine({ cores: 1, costs: 'free' });

const microseconds = (work: () => void) => {
  const begin = now();
  work();
  return (now() - begin) / us(1);
};
const disks = ['disk 1', 'disk 2', 'disk 3'];

const fibers = microseconds(() => {
  for (const disk of disks) new Fiber(() => io(us(100), disk)).resume();
});
const threads = microseconds(() => {
  const waiting = disks.map((disk) => new Thread(() => io(us(100), disk)));
  for (const thread of waiting) thread.join();
});

print('fibers:', fibers, 'µs');
print('threads:', threads, 'µs');
