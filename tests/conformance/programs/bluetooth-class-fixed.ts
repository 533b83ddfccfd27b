import { assert, Mutex, Thread } from 'interleave';

class Driver {
  pendingIo = 1;
  stoppingFlag = false;
  stoppingEvent = false;
  stopped = false;
  guard = new Mutex('guard');
  increment(): number {
    this.guard.lock();
    try {
      this.pendingIo++;
    } finally {
      this.guard.unlock();
    }
    if (this.stoppingFlag) {
      this.decrement();
      return -1;
    }
    return 0;
  }
  decrement(): void {
    const left = this.guard.withLock(() => --this.pendingIo);
    if (left === 0) this.stoppingEvent = true;
  }
  stop(): void {
    this.stoppingFlag = true;
    this.decrement();
    if (this.stoppingEvent) this.stopped = true;
  }
}
const d = new Driver();
const stopper = new Thread(() => d.stop(), { name: 'stop' });
if (d.increment() === 0) {
  const s = d.stopped;
  assert(!s, 'the driver works after it was stopped');
  d.decrement();
}
stopper.join();
