import { assert, Mutex, Thread } from 'interleave';

class Account {
  readonly #lock = new Mutex();
  balance = 1;
  #deposited = false;
  #withdrawn = false;
  deposit(n: number) {
    using _ = this.#lock.hold();
    this.balance += n;
    this.#deposited = true;
  }
  withdraw(n: number) {
    using _ = this.#lock.hold();
    this.balance -= n;
    this.#withdrawn = true;
  }
  check(expected: number) {
    using _ = this.#lock.hold();
    if (this.#deposited && this.#withdrawn)
      assert(this.balance === expected, `balance is ${this.balance}, not ${expected}`);
  }
}
const account = new Account();
const jobs: (() => void)[] = [
  () => account.check(1 - 2 - 4),
  () => account.deposit(2),
  () => account.withdraw(4),
];
const ts: Thread<void>[] = [];
for (const job of jobs) ts.push(new Thread(job));
