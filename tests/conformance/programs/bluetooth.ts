import { Atomic, assert, Mutex, Thread } from 'interleave';

const g = new Mutex('g');
let pendingIo = 1;
const stoppingFlag = new Atomic(false);
const stoppingEvent = new Atomic(false);
const stopped = new Atomic(false);
const finish = () => {
  g.lock();
  const left = --pendingIo;
  g.unlock();
  if (left === 0) stoppingEvent.store(true);
};
const stop = new Thread(() => {
  stoppingFlag.store(true);
  finish();
  if (stoppingEvent.load()) stopped.store(true);
});
if (!stoppingFlag.load()) {
  g.lock();
  pendingIo++;
  g.unlock();
  assert(!stopped.load(), 'a request runs on a stopped driver');
}
finish();
stop.join();
