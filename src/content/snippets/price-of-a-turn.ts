// A thousand turns between two fibers, then between two threads on one core.
import { Fiber, machine, now, print, Thread, yieldThread } from 'interleave';

machine({ cores: 1 });

const turns = 1000;

const fiber = new Fiber(() => {
  while (true) Fiber.yield();
});
const begin = now();
for (let i = 0; i < turns; i++) fiber.resume();
const perFiberSwitch = (now() - begin) / (2 * turns);

const yielding = () => {
  for (let i = 0; i < turns; i++) yieldThread();
};
const threads = [new Thread(yielding), new Thread(yielding)];
const second = now();
for (const thread of threads) thread.join();
const perThreadSwitch = (now() - second) / (2 * turns);

print('fiber switch about', Math.round(perFiberSwitch), 'ns');
print('thread switch about', Math.round(perThreadSwitch), 'ns');
