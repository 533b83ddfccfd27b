// Into the kernel and out again, with nobody else to run.
import { currentThread, machine, now, print, yieldThread } from 'interleave';

machine({ cores: 1, costs: 'modern' });

const times = 1000;
const price = (once: () => void) => {
  const start = now();
  for (let i = 0; i < times; i++) once();
  return Math.round((now() - start) / times);
};

const me = currentThread();
print(
  'a plain function call:  ',
  price(() => me.name),
  'ns',
);
print('yield, to nobody at all:', price(yieldThread), 'ns');
