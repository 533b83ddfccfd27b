// A stack without a lock.
// The top plate looks the same, yet the pile below it has changed.
import { Atomic, assert, print, Thread } from 'interleave';

type Plate = { name: string; below: Plate | null };
const bottom: Plate = { name: 'bottom', below: null };
const middle: Plate = { name: 'middle', below: bottom };
const pile = new Atomic<Plate | null>({ name: 'top', below: middle });
const inHand: Plate[] = [];

const pop = (): Plate => {
  while (true) {
    const top = pile.load() as Plate;
    const below = top.below;
    if (pile.compareExchange(top, below)) return top;
  }
};

const ann = new Thread(() => void pop());
const ben = new Thread(() => {
  const top = pop();
  inHand.push(pop());
  top.below = pile.load();
  pile.store(top); // the same plate is on top again
});
ann.join();
ben.join();

for (let plate = pile.load(); plate; plate = plate.below) {
  assert(!inHand.includes(plate), `the ${plate.name} plate is on the pile and in Ben's hand`);
}
print('every plate is in one place');
