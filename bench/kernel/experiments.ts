/**
 * The experiments behind published figures, as snippets: what each prints is the time in nanoseconds that the publication gives. `role` says how the figure was used: `input`
 * (a cost of the profile was set to it), `fitted` (a parameter was chosen to meet it), `predicted` (neither).
 */
export interface Experiment {
  readonly name: string;
  readonly source: string;
  readonly role: 'input' | 'fitted' | 'predicted';
  /** Nanoseconds, as published: lowest and highest. */
  readonly published: readonly [number, number];
  readonly program: string;
}

const machine = (costs: string) => `machine({ cores: 1, costs: '${costs}', quantum: 100_000_000 });`;

const modern: readonly Experiment[] = [
  {
    name: 'pipe, one way, two processes',
    source: 'Bendersky 2018',
    role: 'predicted',
    published: [1200, 1500],
    program: `${machine('modern')}
const [r1, w1] = pipe<number>(), [r2, w2] = pipe<number>();
new Process(() => { while (true) w2.write(r1.read()!); });
w1.write(0); r2.read(); const start = now();
for (let i = 0; i < 200; i++) { w1.write(i); r2.read(); }
print((now() - start) / 400); exit(0);`,
  },
  {
    name: 'condition, one way, two threads',
    source: 'Bendersky 2018',
    role: 'predicted',
    published: [1200, 1500],
    program: `${machine('modern')}
const m = new Mutex(), c = new Condition(m); let turn = 0;
const play = (me: number) => () => { for (let i = 0; i < 200; i++) m.withLock(() => { while (turn !== me) c.wait(); turn = 1 - me; c.signal(); }); };
const start = now(); const a = new Thread(play(0)), b = new Thread(play(1)); const begun = now();
a.join(); b.join(); print((now() - begun - 8000) / 400);`,
  },
  {
    name: 'yield between two threads',
    source: 'measured, two-core virtual machine',
    role: 'input',
    published: [212, 212],
    program: `${machine('modern')}
const other = new Thread(() => { while (true) yieldThread(); }); other.detach();
yieldThread(); const start = now(); for (let i = 0; i < 200; i++) yieldThread(); print((now() - start) / 400);`,
  },
  {
    name: 'start a thread',
    source: 'Bendersky 2018',
    role: 'predicted',
    published: [5000, 5000],
    program: `${machine('modern')} const start = now(); new Thread(() => {}); print(now() - start);`,
  },
  {
    name: 'fork a small process',
    source: 'Bendersky 2018',
    role: 'predicted',
    published: [22_000, 22_000],
    program: `${machine('modern')} const start = now(); if (fork() === 0) exit(0); print(now() - start);`,
  },
  {
    name: 'switch to a fiber',
    source: 'corosensei 4.3, Boost.Context 9',
    role: 'input',
    published: [4.3, 9],
    program: `${machine('modern')} const f = new Fiber(() => { while (true) Fiber.yield(); }); f.resume();
const start = now(); for (let i = 0; i < 500; i++) f.resume(); print((now() - start) / 1000);`,
  },
];

const li = (
  kib: number,
  stride: number,
  published: [number, number],
  role: Experiment['role'],
): Experiment => ({
  name: `switch with ${kib} KiB each${stride > 128 ? ', large stride' : ''}`,
  source: 'Li, Ding & Shen 2007',
  role,
  published,
  program: `${machine('xeon-2007')}
const turns = 8, bytes = ${kib * 1024}, a = malloc(Math.max(8, bytes));
const sweep = () => { for (let s = 0; s < ${stride}; s += 128) for (let i = s; i < bytes; i += ${stride}) poke(a + i, 1); };
const [r1, w1] = pipe<number>(), [r2, w2] = pipe<number>();
sweep(); let t = now();
for (let i = 0; i < turns; i++) { sweep(); sweep(); w1.write(1); r1.read(); w1.write(1); r1.read(); }
const alone = now() - t;
new Process(() => { sweep(); while (true) { r1.read(); sweep(); w2.write(1); } });
w1.write(1); sweep(); r2.read(); t = now();
for (let i = 0; i < turns; i++) { w1.write(1); sweep(); r2.read(); }
print((now() - t - alone) / turns / 2); exit(0);`,
});

const lmbench = (kib: number, processes: number, microseconds: number): Experiment => ({
  name: `switch, ${processes} processes of ${kib} KiB`,
  source: 'McVoy & Staelin 1996',
  role: kib === 0 && processes === 2 ? 'input' : kib === 0 ? 'predicted' : 'fitted',
  published: [microseconds * 1000, microseconds * 1000],
  program: `${machine('p6-1995')}
const n = ${processes}, bytes = ${kib * 1024}, a = malloc(Math.max(8, bytes)), turns = 6;
const sweep = () => { for (let i = 0; i < bytes; i += 32) poke(a + i, 1); };
const ring = Array.from({ length: n }, () => pipe<number>());
sweep(); let t = now();
for (let i = 0; i < turns * n; i++) { sweep(); ring[0]![1].write(1); ring[0]![0].read(); }
const alone = now() - t;
for (let k = 1; k < n; k++) new Process(() => { sweep(); while (true) { ring[k - 1]![0].read(); sweep(); ring[k]![1].write(1); } });
ring[0]![1].write(1); sweep(); ring[n - 1]![0].read(); t = now();
for (let i = 0; i < turns; i++) { ring[0]![1].write(1); ring[n - 1]![0].read(); sweep(); }
print((now() - t - alone) / turns / n); exit(0);`,
});

const table: readonly (readonly [number, readonly number[]])[] = [
  [0, [6, 7, 7, 8]],
  [4, [7, 8, 9, 10]],
  [16, [14, 15, 18, 46]],
  [32, [22, 24, 107, 187]],
  [64, [38, 140, 363, 367]],
];

/** Every experiment. */
export const experiments: readonly Experiment[] = [
  ...modern,
  li(0, 128, [3800, 3800], 'input'),
  li(4, 128, [4200, 8700], 'fitted'),
  li(64, 128, [4200, 8700], 'fitted'),
  li(128, 128, [4200, 8700], 'fitted'),
  li(200, 128, [4200, 8700], 'fitted'),
  li(256, 128, [38_600, 38_600], 'fitted'),
  li(512, 128, [203_000, 203_000], 'fitted'),
  li(512, 4224, [1_000_000, 1_500_000], 'fitted'),
  ...table.flatMap(([kib, row]) => row.map((us, i) => lmbench(kib, 2 ** (i + 1), us))),
];
