// Two threads count for themselves:
// first in neighbouring words of one cache line, then in lines of their own.
import { machine, now, print, Thread } from 'interleave';

machine({ cores: 2, costs: 'modern' });

const rounds = 10_000;
const neighbours = { left: 0, right: 0 };
const apart = [{ own: 0 }, { own: 0 }] as [{ own: number }, { own: number }];

const time = (...bodies: (() => void)[]) => {
  const start = now();
  for (const thread of bodies.map((body) => new Thread(body))) thread.join();
  return (now() - start) / rounds;
};

const left = () => {
  for (let i = 0; i < rounds; i++) neighbours.left++;
};
const right = () => {
  for (let i = 0; i < rounds; i++) neighbours.right++;
};
const separate = ([first, second]: typeof apart) => [
  () => {
    for (let i = 0; i < rounds; i++) first.own++;
  },
  () => {
    for (let i = 0; i < rounds; i++) second.own++;
  },
];

const alone = time(left);
const together = time(left, right);
const padded = time(...separate(apart));

print('one thread:             ', alone.toFixed(1), 'ns per increment');
print('two threads, one line:  ', together.toFixed(1), 'ns per increment');
print('two threads, two lines: ', padded.toFixed(1), 'ns per increment');
