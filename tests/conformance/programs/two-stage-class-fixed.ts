import { assert, Mutex, Thread } from 'interleave';

const COUNT = 3;
class TwoStage {
  private data1 = new Mutex();
  private data2 = new Mutex();
  private v1 = 0;
  private v2 = 0;
  write() {
    this.data1.lock();
    this.v1 = 1;
    this.data2.lock();
    this.v2 = this.v1 + 1;
    this.data2.unlock();
    this.data1.unlock();
  }
  read() {
    this.data1.lock();
    if (this.v1 === 0) {
      this.data1.unlock();
      return;
    }
    const t1 = this.v1;
    this.data1.unlock();
    this.data2.lock();
    const t2 = this.v2;
    this.data2.unlock();
    assert(t2 === t1 + 1, 'saw the gap');
  }
}
const shared = new TwoStage();
const writers = Array.from({ length: COUNT - 1 }, () => new Thread(() => shared.write()));
const reader = new Thread(() => shared.read());
[...writers, reader].forEach((t) => {
  t.join();
});
