// Two endless workers share a core for 100 ms. One of them is nice.
import { compute, machine, ms, now, Process, pipe, print, us } from 'interleave';

machine({ cores: 1, policy: 'fair', costs: 'free' });

const [reader, writer] = pipe<{ name: string; done: number }>();

const worker = (name: string, nice: number) =>
  new Process(
    () => {
      let done = 0;
      while (now() < ms(100)) {
        compute(us(100));
        done++;
      }
      writer.write({ name, done });
    },
    { name, nice },
  );

const workers = [worker('plain', 0), worker('nice', 5)];
for (const each of workers) each.wait();
for (let i = 0; i < 2; i++) {
  const { name, done } = reader.read()!;
  print(name.padEnd(5), 'did', done, 'pieces');
}
