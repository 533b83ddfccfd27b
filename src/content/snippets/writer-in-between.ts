// A reader is in, a writer waits, and a second reader comes. Who is next?
import { machine, ms, now, print, RWLock, sleep, Thread } from 'interleave';

machine({ cores: 4, costs: 'free' });

const book = new RWLock();

const reader = (name: string, arrives: number, stays: number) => {
  const read = () => {
    book.readLock();
    print(name, 'is in at', now() / ms(1), 'ms');
    sleep(ms(stays));
    book.readUnlock();
  };
  new Thread(read, { name, arrival: ms(arrives) });
};
const write = () => {
  book.writeLock();
  print('the writer is in at', now() / ms(1), 'ms');
  sleep(ms(1));
  book.writeUnlock();
};

reader('the first reader', 0, 4);
new Thread(write, { name: 'the writer', arrival: ms(1) });
reader('the second reader', 2, 1);
