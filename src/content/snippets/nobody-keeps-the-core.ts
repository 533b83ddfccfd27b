// A loop that never ends and never yields. The timer takes the core away from it.
import { compute, machine, ms, Process, print } from 'interleave';

machine({ cores: 1, policy: 'rr', quantum: ms(1) });

const rude = new Process(
  () => {
    while (true) {}
  },
  { name: 'rude' },
);

for (let i = 1; i <= 3; i++) {
  compute(ms(1));
  print('still getting my share,', i);
}

rude.kill('SIGKILL');
rude.wait();
