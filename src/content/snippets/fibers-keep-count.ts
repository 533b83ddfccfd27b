// The counter again, with fibers:
// nobody can come in between a load and a store.
import { Fiber, machine, print, us } from 'interleave';

machine({ cores: 2, quantum: us(2) });

let counter = 0;

const work = () =>
  new Fiber(() => {
    for (let i = 0; i < 1000; i++) {
      counter++;
      if (i % 10 === 0) Fiber.yield();
    }
  });

const queue = [work(), work()];
for (let next = queue.shift(); next; next = queue.shift()) {
  if (!next.resume().done) queue.push(next);
}
print(counter);
