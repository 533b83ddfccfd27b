// A pipe holds so much and no more: a fast writer is made to wait for a slow reader.
import { compute, machine, ms, now, Process, pipe, print, us } from 'interleave';

machine({ cores: 1, costs: 'free' });

const [reader, writer] = pipe(64); // bytes

const slow = new Process(() => {
  writer.close();
  for (const _ of reader) compute(ms(1));
});

for (let i = 1; i <= 8; i++) {
  const start = now();
  writer.write('sixteen bytes ok');
  const waited = now() - start;
  print('message', i, waited > us(100) ? `waited ${(waited / ms(1)).toFixed(1)} ms` : 'went straight in');
}
writer.close();
slow.wait();
