// Everybody chops, then everybody cooks with what a neighbour chopped.
import { assert, Barrier, print, Thread } from 'interleave';

const cooks = 3;
const chopped = [0, 0, 0];
const everyoneHasChopped = new Barrier(cooks);

const work = (me: number) => {
  chopped[me] = 1; // phase one: my own bowl
  everyoneHasChopped.wait();
  const neighbour = (me + 1) % cooks; // phase two: the next one's bowl
  assert(chopped[neighbour] === 1, 'the bowl was still empty');
};

const threads = [0, 1, 2].map((me) => new Thread(() => work(me)));
for (const thread of threads) thread.join();
print('dinner is ready');
