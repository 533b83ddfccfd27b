import { assert, Mutex, Thread } from 'interleave';

const INODES = 32,
  BLOCKS = 26,
  THREADS = 17;
const locki = Array.from({ length: BLOCKS }, () => new Mutex()),
  lockb = Array.from({ length: BLOCKS }, () => new Mutex());
const inode: number[] = new Array(INODES).fill(0),
  busy: boolean[] = new Array(BLOCKS).fill(false);
const at = (locks: Mutex[], i: number): Mutex => locks[i] as Mutex;
const create = (t: number) => () => {
  const i = t % INODES;
  assert(i < BLOCKS, 'index out of range');
  at(locki, i).lock();
  if (inode[i] === 0) {
    let b = (i * 2) % BLOCKS;
    for (let tries = 0; tries < BLOCKS / 2; tries++) {
      at(lockb, b).lock();
      if (!busy[b]) {
        busy[b] = true;
        inode[i] = b + 1;
        at(lockb, b).unlock();
        break;
      }
      at(lockb, b).unlock();
      b = (b + 1) % BLOCKS;
    }
  }
  at(locki, i).unlock();
};
const threads: Thread<void>[] = [];
for (let t = 0; t < THREADS; t++) threads.push(new Thread(create(t)));
for (const each of threads) each.join();
