// First come, first served: one long job in front, and everybody else behind it.
import { compute, machine, ms, now, print, Thread } from 'interleave';

machine({ cores: 1, policy: 'fifo', costs: 'free' });

const needs = [100, 1, 1, 1];
const jobs = needs.map(
  (need) =>
    new Thread(() => {
      compute(ms(need));
      return now() / ms(1);
    }),
);

const ends = jobs.map((job) => job.join());
print('they end at', ends.join(', '), 'ms');
print('on average ', ends.reduce((sum, end) => sum + end) / ends.length, 'ms');
