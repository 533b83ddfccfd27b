// The victim tells nobody its digits. Its neighbour reads them off the clock.
import { machine, mmap, now, Process, peek, print } from 'interleave';

machine({ cores: 1, costs: 'modern' });

const LINE = 64;
const tables = [0, 1, 2].map(() => mmap(4096, { shared: true }));
// The pages are there now; their other lines are not in the cache.
for (const table of tables) peek(table);

const victim = new Process(() => {
  const secret = [7, 3, 9];
  secret.forEach((digit, i) => peek(tables[i] + LINE * (1 + digit))); // no more than that
});
victim.wait();

const spy = new Process(() => {
  const time = (address: number) => {
    const start = now();
    peek(address);
    return now() - start;
  };
  for (const table of tables) {
    peek(table); // so that the translation is at hand
    const digits = Array.from({ length: 10 }, (_, digit) => digit);
    const times = digits.map((digit) => time(table + LINE * (1 + digit)));
    print('the quickest line is number', times.indexOf(Math.min(...times)));
  }
});
spy.wait();
