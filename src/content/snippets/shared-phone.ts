// Three callers, one phone. Each says one sentence and passes the receiver on.
import { Fiber, print } from 'interleave';

const caller = (name: string) =>
  new Fiber(() => {
    for (let sentence = 1; sentence <= 2; sentence++) {
      print(name, 'says sentence', sentence);
      Fiber.yield();
    }
    print(name, 'hangs up');
  });

const queue = [caller('Ann'), caller('Ben'), caller('Cem')];
for (let next = queue.shift(); next; next = queue.shift()) {
  if (!next.resume().done) queue.push(next);
}
