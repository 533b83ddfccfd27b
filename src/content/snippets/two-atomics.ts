// Each step is atomic. The transfer is not: in between, ten coins are nowhere.
import { Atomic, assert, print, Thread } from 'interleave';

const till = new Atomic(100);
const safe = new Atomic(0);

const move = new Thread(() => {
  till.sub(10);
  safe.add(10);
});
const audit = new Thread(() => {
  const total = till.load() + safe.load();
  print('the audit found', total);
  assert(total === 100, 'ten coins are nowhere');
});

move.join();
audit.join();
