// The same table with one rule: the fork with the smaller number first.
import { Mutex, print, Thread } from 'interleave';

const seats = 3;
const forks = Array.from({ length: seats }, (_, i) => new Mutex(`fork ${i}`));

const dine = (seat: number) => {
  const next = (seat + 1) % seats;
  const first = forks[Math.min(seat, next)];
  const second = forks[Math.max(seat, next)];
  first.withLock(() => {
    second.withLock(() => {});
  });
};

const name = (seat: number) => `philosopher ${seat}`;
const table = forks.map((_, seat) => new Thread(() => dine(seat), { name: name(seat) }));
for (const philosopher of table) philosopher.join();
print('everybody has eaten');
