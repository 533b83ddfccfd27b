// The cure: touch the same lines whatever the secret is.
import { machine, mmap, now, Process, peek, print } from 'interleave';

machine({ cores: 1, costs: 'modern' });

const LINE = 64;
const tables = [0, 1, 2].map(() => mmap(4096, { shared: true }));
for (const table of tables) peek(table);

const victim = new Process(() => {
  const secret = [7, 3, 9];
  secret.forEach((digit, i) => {
    let _found = 0;
    for (let d = 0; d < 10; d++) {
      const read = peek(tables[i] + LINE * (1 + d)); // every line, every time
      _found += read * Number(d === digit); // and one of them is used
    }
  });
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
    const quickest = Math.min(...times);
    const equal = times.filter((each) => each === quickest).length;
    print(equal, 'lines are equally quick');
  }
});
spy.wait();
