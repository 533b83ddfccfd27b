// Six tasks as fibers, two threads that run them:
// the idea behind goroutines and virtual threads.
import { Atomic, Channel, compute, Fiber, machine, now, print, Thread, us } from 'interleave';

machine({ cores: 2, costs: 'free' });

const ready = new Channel<Fiber>(10);
const unfinished = new Atomic(6);

const task = (name: string) =>
  new Fiber(() => {
    compute(us(10));
    Fiber.yield(); // halfway: somebody else's turn
    compute(us(10));
    print(name, 'done at', now() / us(1), 'µs');
  });

const worker = () => {
  for (const fiber of ready) {
    if (!fiber.resume().done) ready.send(fiber);
    else if (unfinished.sub(1) === 1) ready.close();
  }
};

for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) ready.send(task(name));
for (const thread of [new Thread(worker), new Thread(worker)]) thread.join();
