// The same three threads. The one that holds the lock
// borrows the priority of the one that waits for it.
import { compute, Mutex, machine, ms, now, print, Thread } from 'interleave';

machine({ cores: 1, policy: 'priority', costs: 'free' });

const bus = new Mutex({ name: 'bus', priorityInheritance: true });
const start = now();

const useBus = () => {
  bus.lock();
  compute(ms(2));
  bus.unlock();
};
const finish = (name: string, work: () => void) => () => {
  work();
  print(name, 'finished at', (now() - start) / ms(1), 'ms');
};

new Thread(finish('low', useBus), { name: 'low', priority: 2, arrival: ms(0) });
new Thread(finish('high', useBus), { name: 'high', priority: 9, arrival: ms(1) });
new Thread(
  finish('medium', () => compute(ms(50))),
  { name: 'medium', priority: 5, arrival: ms(1) },
);
