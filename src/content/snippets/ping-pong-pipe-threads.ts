// The same two pipes, the same token, but both ends are threads of one process.
import { machine, now, pipe, print, Thread } from 'interleave';

machine({ cores: 1, costs: 'modern' });

const rounds = 1000;
const [there, toThere] = pipe<number>();
const [back, toBack] = pipe<number>();

const echo = new Thread(() => {
  for (let i = 0; i < rounds; i++) toBack.write(there.read()!);
});

const start = now();
for (let i = 0; i < rounds; i++) {
  toThere.write(i);
  back.read();
}
print('one way, threads and pipes:', Math.round((now() - start) / (2 * rounds)), 'ns');
echo.join();
