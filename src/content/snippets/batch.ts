// A thousand numbers for a neighbour: one at a time, or fifty at a time.
import { machine, now, Process, pipe, print, us } from 'interleave';

machine({ cores: 1, costs: 'modern' });

const total = 1000;

const deliver = (size: number) => {
  const [reader, writer] = pipe<number[]>(64); // a small pipe: the writer soon has to wait
  const [finished, finish] = pipe<number>();
  const consumer = new Process(() => {
    writer.close();
    for (const _ of reader);
    finish.write(now());
  });
  const start = now();
  for (let sent = 0; sent < total; sent += size)
    writer.write(Array.from({ length: size }, (_, i) => sent + i));
  writer.close();
  const end = finished.read() ?? 0;
  consumer.wait();
  return Math.round((end - start) / us(1));
};

for (const size of [1, 5, 50]) print(size, 'at a time:', deliver(size), 'us');
