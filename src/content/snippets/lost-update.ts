// Two cooks add a thousand each to one tally.
import { machine, print, Thread, us } from 'interleave';

machine({ cores: 1, policy: 'rr', quantum: us(1) });

let counter = 0;

const work = () => {
  for (let i = 0; i < 1000; i++) counter++;
};

const ann = new Thread(work, { name: 'Ann' });
const ben = new Thread(work, { name: 'Ben' });
ann.join();
ben.join();

print(counter);
