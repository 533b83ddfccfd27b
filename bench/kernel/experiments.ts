/**
 * The experiments behind published figures: which snippet of the book repeats each, with which sizes, and what was published. `role` says how the figure was used: `input`
 * (a cost of the profile was set to it), `fitted` (a parameter was chosen to meet it), `predicted` (neither).
 */
export interface Experiment {
  readonly name: string;
  readonly source: string;
  readonly role: 'input' | 'fitted' | 'predicted';
  /** Nanoseconds, as published: lowest and highest. */
  readonly published: readonly [number, number];
  /** File in `src/content/snippets`. */
  readonly snippet: string;
  /** Constants of the listing that are to have other values. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Which line of the output has the time; the first unless said. */
  readonly line?: number;
}

const modern: readonly Experiment[] = [
  {
    name: 'pipe, one way, two processes',
    source: 'Bendersky 2018',
    role: 'predicted',
    published: [1200, 1500],
    snippet: 'published-pipe',
  },
  {
    name: 'condition, one way, two threads',
    source: 'Bendersky 2018',
    role: 'predicted',
    published: [1200, 1500],
    snippet: 'published-condition',
  },
  {
    name: 'futex, one way, two threads',
    source: 'Sigoure 2010; measured, two-core virtual machine',
    role: 'predicted',
    published: [736, 1100],
    snippet: 'published-futex',
  },
  {
    name: 'yield between two threads',
    source: 'measured, two-core virtual machine',
    role: 'input',
    published: [212, 212],
    snippet: 'published-yield',
  },
  {
    name: 'start a thread',
    source: 'Bendersky 2018',
    role: 'predicted',
    published: [5000, 5000],
    snippet: 'published-start',
  },
  {
    name: 'fork a small process',
    source: 'Bendersky 2018',
    role: 'predicted',
    published: [22_000, 22_000],
    snippet: 'published-start',
    line: 1,
  },
  {
    name: 'switch to a fiber',
    source: 'corosensei 4.3, Boost.Context 9',
    role: 'input',
    published: [4.3, 9],
    snippet: 'published-fiber',
  },
  {
    name: 'two counters on one line, two cores',
    source: 'moderncpp.dev (6.0 times 4.0 ns alone)',
    role: 'fitted',
    published: [24, 24],
    snippet: 'false-sharing',
    line: 1,
  },
];

/** fork with so much memory in use, in pages of 4 KiB. */
const fork = (mebibytes: number, nanoseconds: number): Experiment => ({
  name: `fork with ${mebibytes} MiB`,
  source: 'measured, two-core virtual machine',
  role: 'fitted',
  published: [nanoseconds, nanoseconds],
  snippet: 'published-fork',
  sizes: { mebibytes },
});

const li = (
  kibibytes: number,
  stride: number,
  published: [number, number],
  role: Experiment['role'],
): Experiment => ({
  name: `switch with ${kibibytes} KiB each${stride > 128 ? ', large stride' : ''}`,
  source: 'Li, Ding & Shen 2007',
  role,
  published,
  snippet: 'published-working-set',
  sizes: { kibibytes, stride },
});

const lmbench = (kibibytes: number, members: number, microseconds: number): Experiment => ({
  name: `switch, ${members} processes of ${kibibytes} KiB`,
  source: 'McVoy & Staelin 1996',
  role: kibibytes === 0 && members === 2 ? 'input' : kibibytes === 0 ? 'predicted' : 'fitted',
  published: [microseconds * 1000, microseconds * 1000],
  snippet: 'published-ring',
  sizes: { kibibytes, members },
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
  fork(16, 98_100),
  fork(64, 401_000),
  fork(256, 1_790_000),
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
