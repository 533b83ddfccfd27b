/** A program to explore whole. */
interface Explored {
  readonly name: string;
  readonly strategy: 'dpor' | 'all';
  readonly source: string;
}

const counter = (k: number): string => `import { print, Thread } from 'interleave';
let counter = 0;
const work = () => { for (let i = 0; i < ${k}; i++) counter++; };
const a = new Thread(work), b = new Thread(work);
a.join(); b.join();
print(counter);`;

const locked = (n: number): string => `import { Mutex, Thread } from 'interleave';
let counter = 0;
const m = new Mutex('m');
const work = () => { m.lock(); counter++; m.unlock(); };
${Array.from({ length: n }, (_, i) => `const t${i} = new Thread(work);`).join('\n')}
${Array.from({ length: n }, (_, i) => `t${i}.join();`).join('\n')}`;

const philosophers = (n: number): string => `import { Mutex, Thread } from 'interleave';
${Array.from({ length: n }, (_, i) => `const f${i} = new Mutex('fork ${i}');`).join('\n')}
const dine = (left: Mutex, right: Mutex) => () => { left.lock(); right.lock(); right.unlock(); left.unlock(); };
${Array.from({ length: n }, (_, i) => `const t${i} = new Thread(dine(f${i}, f${(i + 1) % n}));`).join('\n')}
${Array.from({ length: n }, (_, i) => `t${i}.join();`).join('\n')}`;

const readers = (n: number): string => `import { Thread } from 'interleave';
let x = 0;
const read = () => { const seen = x; };
const w = new Thread(() => { x = 42; });
${Array.from({ length: n }, (_, i) => `const t${i} = new Thread(read);`).join('\n')}
w.join();
${Array.from({ length: n }, (_, i) => `t${i}.join();`).join('\n')}`;

const atomics = (n: number): string => `import { Atomic, print, Thread } from 'interleave';
const a = new Atomic(0), b = new Atomic(0), c = new Atomic(0);
const work = () => { a.add(1); b.add(1); c.add(1); };
${Array.from({ length: n }, (_, i) => `const t${i} = new Thread(work);`).join('\n')}
${Array.from({ length: n }, (_, i) => `t${i}.join();`).join('\n')}
print(a.load(), b.load(), c.load());`;

const compareAndStore = (n: number): string => `import { Atomic, print, Thread } from 'interleave';
const a = new Atomic(0);
${Array.from({ length: n }, (_, i) => `const t${i} = new Thread(() => { a.compareExchange(0, 1); a.store(${i + 3}); });`).join('\n')}
${Array.from({ length: n }, (_, i) => `t${i}.join();`).join('\n')}
print(a.load());`;

const lockedRounds = (
  threads: number,
  rounds: number,
): string => `import { Mutex, print, Thread } from 'interleave';
let counter = 0;
const m = new Mutex('m');
const work = () => { for (let i = 0; i < ${rounds}; i++) { m.lock(); counter++; m.unlock(); } };
${Array.from({ length: threads }, (_, i) => `const t${i} = new Thread(work);`).join('\n')}
${Array.from({ length: threads }, (_, i) => `t${i}.join();`).join('\n')}
print(counter);`;

/** What the benchmark explores. */
export const programs: readonly Explored[] = [
  { name: 'increments, 2 threads x 4', strategy: 'dpor', source: counter(4) },
  { name: 'increments, 2 threads x 3', strategy: 'all', source: counter(3) },
  { name: 'increments, 2 threads x 4', strategy: 'all', source: counter(4) },
  { name: 'increments, 2 threads x 5', strategy: 'dpor', source: counter(5) },
  { name: 'increments, 2 threads x 5', strategy: 'all', source: counter(5) },
  { name: 'readers(10)', strategy: 'dpor', source: readers(10) },
  { name: 'casw(4)', strategy: 'dpor', source: compareAndStore(4) },
  { name: 'cinc(4)', strategy: 'dpor', source: atomics(4) },
  { name: 'locked increments, 3 threads x 4', strategy: 'dpor', source: lockedRounds(3, 4) },
  { name: 'locked increments, 5 threads', strategy: 'dpor', source: locked(5) },
  { name: 'philosophers, 4', strategy: 'all', source: philosophers(4) },
  { name: 'philosophers, 5', strategy: 'dpor', source: philosophers(5) },
];
