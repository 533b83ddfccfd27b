// Two jobs of 20 ms. What was the processor doing meanwhile?
import { compute, cpuTime, io, machine, ms, now, print } from 'interleave';

machine({ cores: 1, costs: 'free' });

const report = (name: string, job: () => void) => {
  const start = now();
  const cpu = cpuTime();
  job();
  const share = (100 * (cpuTime() - cpu)) / (now() - start);
  print(name, (now() - start) / ms(1), 'ms, of which on the processor', share, '%');
};

report('resize a picture:', () => compute(ms(20)));
report('ask a database:  ', () => {
  compute(ms(0.5)); // write the question
  io(ms(19), 'network');
  compute(ms(0.5)); // read the answer
});
