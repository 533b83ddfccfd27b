// Repair it: no order of events may lose a plate.
import { assert, print, Thread } from 'interleave';

let plates = 0;

const cook = () => {
  plates++;
};

const ann = new Thread(cook);
const ben = new Thread(cook);
ann.join();
ben.join();

print('plates:', plates);
assert(plates === 2, 'a plate was lost');
