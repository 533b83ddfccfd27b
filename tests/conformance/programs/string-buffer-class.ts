import { assert, Mutex, Thread } from 'interleave';

class StringBuffer {
  count = 0;
  mutex = new Mutex();
  constructor(text: string) {
    this.count = text.length;
  }
  synchronized<T>(f: () => T): T {
    this.mutex.lock();
    try {
      return f();
    } finally {
      this.mutex.unlock();
    }
  }
  length() {
    return this.synchronized(() => this.count);
  }
  getChars(n: number) {
    this.synchronized(() => assert(n <= this.count, 'index out of bounds'));
  }
  erase() {
    this.synchronized(() => {
      this.count = 0;
    });
  }
  fill(n: number) {
    this.synchronized(() => {
      this.count = n;
    });
  }
  append(other: StringBuffer) {
    this.synchronized(() => {
      const n = other.length();
      other.getChars(n);
    });
  }
}
const b = new StringBuffer('abc'),
  sb = new StringBuffer('');
new Thread(() => {
  b.erase();
  b.fill(3);
});
sb.append(b);
