// Two increments each: which totals are possible?
import { print, Thread } from 'interleave';

let counter = 0;

const work = () => {
  for (let i = 0; i < 2; i++) counter++;
};

const ann = new Thread(work);
const ben = new Thread(work);
ann.join();
ben.join();

print(counter);
