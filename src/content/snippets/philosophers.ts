// Three philosophers, three forks.
// Each takes the fork on the left, then the one on the right.
import { Mutex, print, Thread } from 'interleave';

const seats = 3;
const forks = Array.from({ length: seats }, (_, i) => new Mutex(`fork ${i}`));

const dine = (seat: number) => {
  const left = forks[seat];
  const right = forks[(seat + 1) % seats];
  left.withLock(() => {
    right.withLock(() => {});
  });
};

const name = (seat: number) => `philosopher ${seat}`;
const table = forks.map((_, seat) => new Thread(() => dine(seat), { name: name(seat) }));
for (const philosopher of table) philosopher.join();
print('everybody has eaten');
