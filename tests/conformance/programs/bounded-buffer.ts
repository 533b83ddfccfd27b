import { assert, Condition, Mutex, Thread } from 'interleave';

const m = new Mutex();
const notFull = new Condition(m);
const notEmpty = new Condition(m);
const buffer: number[] = [];
const producer = new Thread(() => {
  for (let i = 0; i < 3; i++)
    m.withLock(() => {
      while (buffer.length === 1) notFull.wait();
      buffer.push(i);
      notEmpty.signal();
    });
});
const consumer = new Thread(() => {
  for (let i = 0; i < 3; i++)
    m.withLock(() => {
      while (buffer.length === 0) notEmpty.wait();
      assert(buffer.shift() === i, 'out of order');
      notFull.signal();
    });
});
producer.join();
consumer.join();
