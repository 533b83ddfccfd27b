// Each thread raises its own flag, then looks at the other's.
// Can both find the other one down?
import { machine, print, Thread } from 'interleave';

machine({ memoryModel: 'tso' });

let annIsIn = 0;
let benIsIn = 0;

const ann = new Thread(() => {
  annIsIn = 1;
  return benIsIn;
});
const ben = new Thread(() => {
  benIsIn = 1;
  return annIsIn;
});

print('Ann saw', ann.join(), 'and Ben saw', ben.join());
