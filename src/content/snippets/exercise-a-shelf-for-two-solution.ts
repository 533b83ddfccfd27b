// One mutex, two conditions, and a loop around each wait.
import { assert, Condition, Mutex, print, Thread } from 'interleave';

class Shelf {
  readonly #plates: number[] = [];
  readonly #lock = new Mutex();
  readonly #notFull = new Condition(this.#lock);
  readonly #notEmpty = new Condition(this.#lock);

  put(plate: number): void {
    using _ = this.#lock.hold();
    while (this.#plates.length === 2) this.#notFull.wait();
    this.#plates.push(plate);
    assert(this.#plates.length <= 2, 'a plate fell off the shelf');
    this.#notEmpty.signal();
  }
  take(): number | undefined {
    using _ = this.#lock.hold();
    while (this.#plates.length === 0) this.#notEmpty.wait();
    const plate = this.#plates.shift();
    this.#notFull.signal();
    return plate;
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
