// Two waiters, one plate at a time, and `if` where `while` belongs.
import { assert, Condition, Mutex, print, Thread } from 'interleave';

const m = new Mutex();
const notEmpty = new Condition(m);
const shelf: string[] = [];

const serve = () =>
  m.withLock(() => {
    if (shelf.length === 0) notEmpty.wait();
    assert(shelf.length > 0, 'took a plate from an empty shelf');
    shelf.pop();
  });
const cook = () =>
  m.withLock(() => {
    shelf.push('soup');
    notEmpty.signal();
  });

const threads = [serve, serve, cook, cook].map((work) => new Thread(work));
for (const thread of threads) thread.join();
print('two plates served');
