// Two threads walk over their own data in turn. What does a walk cost, alone and after a switch?
import { Barrier, machine, malloc, now, peek, print, Thread, us } from 'interleave';

machine({ cores: 1, policy: 'fifo', costs: 'modern' });

const LINE = 64;
const rounds = 4;

const walk = (block: number, bytes: number) => {
  const start = now();
  const lines = bytes / LINE;
  for (let i = 0; i < lines; i++) peek(block + ((i * 97) % lines) * LINE); // in no order that can be guessed
  return now() - start;
};

const meanWalk = (bytes: number, threads: number) => {
  const turn = new Barrier(threads);
  const walker = () => {
    const block = malloc(bytes);
    walk(block, bytes); // warm up
    let total = 0;
    for (let i = 0; i < rounds; i++) {
      turn.wait(); // everybody else walks in between
      total += walk(block, bytes);
    }
    return total / rounds / us(1);
  };
  const all = Array.from({ length: threads }, () => new Thread(walker));
  return all.map((thread) => thread.join())[0].toFixed(1);
};

for (const kib of [16, 256, 1536])
  print(kib, 'KiB: alone', meanWalk(kib * 1024, 1), 'us, in turn', meanWalk(kib * 1024, 2), 'us');
