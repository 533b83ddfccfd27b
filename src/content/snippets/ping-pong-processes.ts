// Two processes hand a token to each other through two pipes.
import { machine, now, Process, pipe, print } from 'interleave';

machine({ cores: 1, costs: 'modern' });

const rounds = 1000;
const [there, toThere] = pipe<number>();
const [back, toBack] = pipe<number>();

const echo = new Process(() => {
  for (let i = 0; i < rounds; i++) toBack.write(there.read()!);
});

const start = now();
for (let i = 0; i < rounds; i++) {
  toThere.write(i);
  back.read();
}
print('one way, processes and pipes:', Math.round((now() - start) / (2 * rounds)), 'ns');
echo.wait();
