// Four threads read a recipe for 10 µs each: one at a time, then together.
import { compute, Mutex, machine, now, print, RWLock, Thread, us } from 'interleave';

machine({ cores: 4, costs: 'free' });

const timeOf = (read: () => void) => {
  const begin = now();
  const readers = Array.from({ length: 4 }, () => new Thread(read));
  for (const reader of readers) reader.join();
  return (now() - begin) / us(1);
};

const mutex = new Mutex();
const book = new RWLock();

const alone = timeOf(() => mutex.withLock(() => compute(us(10))));
const together = timeOf(() => {
  book.readLock();
  compute(us(10));
  book.readUnlock();
});

print('with a mutex:', alone, 'µs');
print('with a readers–writer lock:', together, 'µs');
