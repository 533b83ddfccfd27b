import { assert, Mutex, Thread } from 'interleave';

const shared = { a: 0, b: 0, lock: new Mutex() };
const setter = () =>
  shared.lock.withLock(() => {
    shared.a = 1;
    shared.b = -1;
  });
function checker(): void {
  shared.lock.withLock(() =>
    assert((shared.a === 0 && shared.b === 0) || (shared.a === 1 && shared.b === -1), 'half an update'),
  );
}
const crew = [setter, setter, checker].map((body) => new Thread(body));
for (const t of crew) t.join();
