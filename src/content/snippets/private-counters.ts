// A local variable lives on its own thread's stack: there is nothing to lose.
import { print, Thread } from 'interleave';

const count = (name: string) => {
  let own = 0;
  for (let i = 0; i < 1000; i++) own++;
  print(name, 'counted', own);
  return own;
};

const ann = new Thread(() => count('Ann'));
const ben = new Thread(() => count('Ben'));

print('together', ann.join() + ben.join());
