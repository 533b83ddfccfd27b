// Two threads that do nothing but give the core to each other.
import { machine, now, print, Thread, yieldThread } from 'interleave';

machine({ cores: 1, costs: 'modern' });

const rounds = 1000;
const play = () => {
  for (let i = 0; i < rounds; i++) yieldThread();
};

const start = now();
const players = [new Thread(play), new Thread(play)];
for (const player of players) player.join();
print('one way, threads that yield:', Math.round((now() - start) / (2 * rounds)), 'ns');
