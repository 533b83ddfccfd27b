// Three processes. One of them writes to address 0.
import { compute, machine, ms, Process, poke, print } from 'interleave';

machine({ cores: 1 });

const work = (name: string, faulty = false) =>
  new Process(
    () => {
      compute(ms(1));
      if (faulty) poke(0, 1);
      compute(ms(1));
      print(name, 'finished');
    },
    { name },
  );

for (const worker of [work('ann'), work('ben', true), work('cleo')]) {
  const { code, signal } = worker.wait();
  print('process', worker.pid, signal ?? `exit code ${code}`);
}
