// counter++ written out, with the manager stepping in at the worst moment.
import { machine, print, Thread, yieldThread } from 'interleave';

machine({ cores: 1 });

let counter = 0;

const increment = (name: string) => {
  const seen = counter; // load
  print(name, 'read', seen);
  yieldThread(); // the other cook gets the core here
  counter = seen + 1; // add, store
  print(name, 'wrote', seen + 1);
};

const ann = new Thread(() => increment('Ann'));
const ben = new Thread(() => increment('Ben'));
ann.join();
ben.join();

print('the board says', counter);
