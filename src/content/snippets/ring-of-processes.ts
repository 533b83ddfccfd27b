// A token goes round a ring of processes. The processor remembers only a few address spaces.
import { machine, now, Process, pipe, print } from 'interleave';

machine({ cores: 1, costs: 'modern' });

const rounds = 100;
const ring = (size: number) => {
  const pipes = Array.from({ length: size }, () => pipe<number>());
  const passOn = (from: number) => {
    for (let i = 0; i < rounds; i++) pipes[(from + 1) % size][1].write(pipes[from][0].read()!);
  };
  const others = pipes.slice(1).map((_, i) => new Process(() => passOn(i + 1)));
  const start = now();
  for (let i = 0; i < rounds; i++) {
    pipes[1 % size][1].write(i);
    pipes[0][0].read();
  }
  const hop = (now() - start) / (rounds * size);
  for (const other of others) other.wait();
  return Math.round(hop);
};

for (const size of [2, 4, 6, 8, 12]) print(size, 'processes:', ring(size), 'ns a hop');
