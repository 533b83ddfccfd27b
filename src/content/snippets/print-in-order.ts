// Three threads that must speak in order, started in the wrong one.
import { print, Semaphore, Thread } from 'interleave';

const soupServed = new Semaphore(0);
const mainServed = new Semaphore(0);

const dessert = new Thread(() => {
  mainServed.acquire();
  print('dessert');
});
const main = new Thread(() => {
  soupServed.acquire();
  print('main course');
  mainServed.release();
});
const soup = new Thread(() => {
  print('soup');
  soupServed.release();
});

for (const course of [dessert, main, soup]) course.join();
