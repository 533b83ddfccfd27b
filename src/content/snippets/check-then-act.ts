// One seat is left, and two people want it.
import { assert, print, Thread } from 'interleave';

let seats = 1;

const book = (name: string) => {
  if (seats > 0) {
    seats--;
    print(name, 'has a seat');
  } else {
    print(name, 'is too late');
  }
};

const ann = new Thread(() => book('Ann'));
const ben = new Thread(() => book('Ben'));
ann.join();
ben.join();

assert(seats >= 0, 'one seat was sold twice');
