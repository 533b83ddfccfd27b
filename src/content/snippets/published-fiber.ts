// Into a fiber and out again: what a switch costs that the kernel knows nothing of.
import { Fiber, machine, now, print } from 'interleave';

machine({ cores: 1, costs: 'modern', quantum: 100_000_000 });

const rounds = 500;
const fiber = new Fiber(() => {
  for (;;) Fiber.yield();
});
fiber.resume();

const start = now();
for (let i = 0; i < rounds; i++) fiber.resume();
print('one way:', ((now() - start) / rounds / 2).toFixed(1), 'ns');
