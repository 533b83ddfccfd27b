import { assert, Condition, Mutex, Thread } from 'interleave';

const m = new Mutex();
const notEmpty = new Condition(m);
const buffer: number[] = [];
const consume = () =>
  m.withLock(() => {
    if (buffer.length === 0) notEmpty.wait();
    assert(buffer.shift() !== undefined, 'took from an empty buffer');
  });
const producer = new Thread(() => {
  for (let i = 0; i < 2; i++)
    m.withLock(() => {
      buffer.push(i);
      notEmpty.signal();
    });
});
const first = new Thread(consume);
const second = new Thread(consume);
producer.join();
first.join();
second.join();
