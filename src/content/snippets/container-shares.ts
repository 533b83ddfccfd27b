// Three containers want all of the processor. One of them has a double share.
import { Container, compute, machine, ms, now, Process, print, SharedMemory, us } from 'interleave';

machine({ cores: 1, policy: 'fair', costs: 'free' });

const done = new SharedMemory('done', 3);

const shares = [2048, 1024, 1024];
const workers = shares.map(
  (cpuShare, i) =>
    new Process(
      () => {
        while (now() < ms(200)) {
          compute(us(100));
          done.add(i, 1);
        }
      },
      { container: new Container({ name: `box ${i}`, cpuShare }) },
    ),
);

for (const worker of workers) worker.wait();
const total = done.get(0) + done.get(1) + done.get(2);
shares.forEach((share, i) => {
  print('share', share, 'got', Math.round((100 * done.get(i)) / total), '%');
});
