// A pool: a few threads, a queue of jobs, and a place for each result.
import { Channel, compute, currentThread, machine, print, Thread, us } from 'interleave';

machine({ cores: 2, costs: 'free' });

class Pool {
  readonly #jobs = new Channel<() => void>(4);
  readonly #threads: Thread[];

  constructor(size: number) {
    this.#threads = Array.from(
      { length: size },
      (_, i) => new Thread(() => this.#work(), { name: `worker ${i + 1}` }),
    );
  }
  #work() {
    for (const job of this.#jobs) job();
  }
  submit(job: () => void) {
    this.#jobs.send(job); // waits while the queue is full
  }
  close() {
    this.#jobs.close(); // no more jobs; what is in the queue is still done
    for (const thread of this.#threads) thread.join();
  }
}

const pool = new Pool(2);
for (let i = 1; i <= 6; i++)
  pool.submit(() => {
    compute(us(100 * i));
    print('job', i, 'by', currentThread().name);
  });
pool.close();
