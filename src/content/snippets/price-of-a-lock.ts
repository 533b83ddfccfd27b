// What a lock costs when nobody else wants it, and when somebody does.
import { Mutex, machine, now, print, Thread } from 'interleave';

machine({ cores: 2 });

let counter = 0;
const pen = new Mutex();
const rounds = 1000;

const work = () => {
  for (let i = 0; i < rounds; i++) {
    pen.lock();
    counter++;
    pen.unlock();
  }
};

const begin = now();
work();
const alone = now() - begin;

const second = now();
const threads = [new Thread(work), new Thread(work)];
for (const thread of threads) thread.join();
const together = now() - second;

print('counted', counter);
print('alone, per increment:', Math.round(alone / rounds), 'ns');
print('two threads, per increment:', Math.round(together / (2 * rounds)), 'ns');
