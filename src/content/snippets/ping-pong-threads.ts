// Two threads hand a turn to each other with a condition variable.
import { Condition, Mutex, machine, now, print, Thread } from 'interleave';

machine({ cores: 1, costs: 'modern' });

const rounds = 1000;
const table = new Mutex();
const turned = new Condition(table);
let turn = 0;

const play = (me: number) => {
  for (let i = 0; i < rounds; i++)
    table.withLock(() => {
      while (turn !== me) turned.wait();
      turn = 1 - me;
      turned.signal();
    });
};

const start = now();
const players = [new Thread(() => play(0)), new Thread(() => play(1))];
for (const player of players) player.join();
print('one way, threads and a condition:', Math.round((now() - start) / (2 * rounds)), 'ns');
