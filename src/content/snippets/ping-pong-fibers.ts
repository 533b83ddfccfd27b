// Two fibers in one thread: no kernel, no queue, no manager.
import { Fiber, machine, now, print } from 'interleave';

machine({ cores: 1, costs: 'modern' });

const rounds = 1000;
const player = () =>
  new Fiber(() => {
    for (let i = 0; i < rounds; i++) Fiber.yield();
  });

const players = [player(), player()];
const start = now();
for (let i = 0; i < rounds; i++) for (const fiber of players) fiber.resume();
print('there and back, a fiber:', Math.round((now() - start) / (2 * rounds)), 'ns');
