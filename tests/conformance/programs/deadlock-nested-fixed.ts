import { Mutex, print, Thread } from 'interleave';

const locks = { a: new Mutex(), b: new Mutex() };
let balance = 0;
function under(first: Mutex, second: Mutex, body: () => void): void {
  first.withLock(() => second.withLock(body));
}
const threads = new Map([
  [
    'up',
    () =>
      under(locks.a, locks.b, () => {
        balance += 1;
      }),
  ],
  [
    'down',
    () =>
      under(locks.a, locks.b, () => {
        balance -= 1;
      }),
  ],
]);
const running = [...threads].map(([name, body]) => new Thread(body, { name }));
for (const t of running) t.join();
print('balance', balance);
