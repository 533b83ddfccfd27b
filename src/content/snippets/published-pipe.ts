// A byte goes round between two processes: what one way costs.
import { machine, now, Process, pipe, print } from 'interleave';

machine({ cores: 1, costs: 'modern', quantum: 100_000_000 });

const rounds = 200;
const [toChild, intoChild] = pipe<number>();
const [toParent, intoParent] = pipe<number>();

const echo = new Process(() => {
  for (;;) intoParent.write(toChild.read() ?? 0);
});

intoChild.write(0);
toParent.read();

const start = now();
for (let i = 0; i < rounds; i++) {
  intoChild.write(i);
  toParent.read();
}
print('one way:', Math.round((now() - start) / rounds / 2), 'ns');
echo.kill();
