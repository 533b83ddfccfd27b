// A shelf with room for two plates. It knows nothing of waiting yet.
import { assert, print, Thread } from 'interleave';

class Shelf {
  readonly #plates: number[] = [];

  put(plate: number): void {
    this.#plates.push(plate);
    assert(this.#plates.length <= 2, 'a plate fell off the shelf');
  }
  take(): number | undefined {
    return this.#plates.shift();
  }
}

const shelf = new Shelf();
const taken: (number | undefined)[] = [];

const cook = new Thread(() => {
  for (let plate = 1; plate <= 3; plate++) shelf.put(plate);
});
const waiter = new Thread(() => {
  for (let i = 0; i < 3; i++) taken.push(shelf.take());
});
cook.join();
waiter.join();

print('taken:', ...taken);
assert(taken.join() === '1,2,3', 'a plate is missing, or out of order');
