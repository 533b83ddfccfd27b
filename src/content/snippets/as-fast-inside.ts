// The same work twice: in a plain process, and in one inside a container.
import { Container, compute, machine, ms, now, Process, pipe, print, yieldThread } from 'interleave';

machine({ cores: 1 });

const timeOf = (container?: Container) => {
  const [reader, writer] = pipe<number>();
  const child = new Process(
    () => {
      const start = now();
      compute(ms(5));
      for (let i = 0; i < 1000; i++) yieldThread(); // a thousand visits to the kernel
      writer.write(now() - start);
    },
    container ? { container } : {},
  );
  const time = reader.read()!;
  child.wait();
  return time;
};

const plain = timeOf();
const box = { name: 'box', cpuShare: 512, memoryLimit: 1 << 20, privatePids: true };
const inside = timeOf(new Container(box));
print('plain process:  ', (plain / ms(1)).toFixed(2), 'ms');
print('in a container: ', (inside / ms(1)).toFixed(2), 'ms');
