// One function, two threads: each has its own place in it.
import { compute, machine, print, Thread, us } from 'interleave';

machine({ cores: 1, policy: 'rr', quantum: us(6), costs: 'free' });

const recipe = (cook: string) => {
  for (const step of ['chop', 'fry', 'serve']) {
    print(cook, 'is at', step);
    compute(us(10));
  }
};

new Thread(() => recipe('Ann'));
new Thread(() => recipe('Ben'));
