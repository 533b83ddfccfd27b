// Four jobs, one core. The manager is the policy: change it, and compare what becomes of them.
import { compute, machine, ms, now, print, Thread } from 'interleave';

machine({ cores: 1, policy: 'rr', quantum: ms(1), costs: 'free' });

const jobs = [
  { name: 'A', arrival: ms(0), need: ms(6), priority: 1 },
  { name: 'B', arrival: ms(1), need: ms(2), priority: 2 },
  { name: 'C', arrival: ms(2), need: ms(3), priority: 1 },
  { name: 'D', arrival: ms(4), need: ms(1), priority: 3 },
];

const served = jobs.map(({ name, arrival, need, priority }) => {
  const work = () => {
    const first = now();
    compute(need);
    return { response: first - arrival, turnaround: now() - arrival };
  };
  return new Thread(work, { name, arrival, priority, expected: need });
});

const times = served.map((thread) => thread.join());
const mean = (of: 'response' | 'turnaround') =>
  (times.reduce((sum, each) => sum + each[of], 0) / jobs.length / ms(1)).toFixed(2);
print('until it first runs, on average:', mean('response'), 'ms');
print('until it is done, on average:   ', mean('turnaround'), 'ms');
