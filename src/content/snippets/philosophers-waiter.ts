// The same table with a waiter who seats two at a time.
import { Mutex, print, Semaphore, Thread } from 'interleave';

const seats = 3;
const forks = Array.from({ length: seats }, (_, i) => new Mutex(`fork ${i}`));
const chairs = new Semaphore(seats - 1);

const dine = (seat: number) => {
  const left = forks[seat];
  const right = forks[(seat + 1) % seats];
  chairs.acquire();
  left.withLock(() => {
    right.withLock(() => {});
  });
  chairs.release();
};

const name = (seat: number) => `philosopher ${seat}`;
const table = forks.map((_, seat) => new Thread(() => dine(seat), { name: name(seat) }));
for (const philosopher of table) philosopher.join();
print('everybody has eaten');
