// The counter once more, with a yield between the load and the store.
import { Fiber, print } from 'interleave';

let counter = 0;

const increment = () =>
  new Fiber(() => {
    const seen = counter;
    Fiber.yield();
    counter = seen + 1;
  });

const queue = [increment(), increment()];
for (let next = queue.shift(); next; next = queue.shift()) {
  if (!next.resume().done) queue.push(next);
}
print(counter);
