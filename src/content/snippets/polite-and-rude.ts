// Two fibers pass the phone on. The third never does.
import { Fiber, print } from 'interleave';

const polite = (name: string) =>
  new Fiber(() => {
    for (let i = 0; i < 3; i++) {
      print(name, i);
      Fiber.yield();
    }
  });
const rude = new Fiber(() => {
  while (true) {}
});

const ring = [polite('a'), polite('b'), rude];
for (let next = ring.shift(); next; next = ring.shift()) {
  if (!next.resume().done) ring.push(next);
}
