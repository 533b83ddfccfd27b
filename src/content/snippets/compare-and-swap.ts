// Any update can be made atomic:
// read, work out, and write only if nobody came in between.
import { Atomic, assert, print, Thread } from 'interleave';

const stock = new Atomic(3);

const take = (wanted: number): boolean => {
  while (true) {
    const seen = stock.load();
    if (seen < wanted) return false;
    if (stock.compareExchange(seen, seen - wanted)) return true;
  }
};

const ann = new Thread(() => take(2));
const ben = new Thread(() => take(2));
const served = [ann.join(), ben.join()].filter((got) => got).length;

print('served:', served, 'left:', stock.load());
assert(served === 1 && stock.load() === 1, 'the stock does not add up');
