// What does it cost to start one, let it do nothing, and collect it?
import { Fiber, machine, now, Process, print, Thread } from 'interleave';

machine({ cores: 1, costs: 'modern' });

const nothing = () => {};
const price = (once: () => void) => {
  const start = now();
  for (let i = 0; i < 10; i++) once();
  return Math.round((now() - start) / 10);
};

const fiber = price(() => new Fiber(nothing).resume());
const thread = price(() => new Thread(nothing).join());
const child = price(() => new Process(nothing).wait());

print('fiber:  ', fiber, 'ns');
print('thread: ', thread, 'ns');
print('process:', child, 'ns');
