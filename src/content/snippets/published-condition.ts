// Two threads take turns by a mutex and a condition: what a turn costs.
import { Condition, Mutex, machine, now, print, Thread } from 'interleave';

machine({ cores: 1, costs: 'modern', quantum: 100_000_000 });

const turns = 400;
const mutex = new Mutex();
const changed = new Condition(mutex);
let turn = 0;
let start = 0;

const play = (me: number) => () => {
  for (let i = 0; i < turns / 2; i++) {
    mutex.withLock(() => {
      if (start === 0) start = now();
      while (turn !== me) changed.wait();
      turn = 1 - me;
      changed.signal();
    });
  }
};

const threads = [new Thread(play(0)), new Thread(play(1))];
for (const thread of threads) thread.join();
print('one way:', Math.round((now() - start) / turns), 'ns');
