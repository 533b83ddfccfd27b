import {
  add,
  cas,
  check,
  load,
  lock,
  signal,
  stop,
  store,
  type ToyProgram,
  type ToyThread,
  unlock,
  wait,
} from './toy.ts';

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const zeros = (n: number): number[] => new Array<number>(n).fill(0);

type Register = `r${number}`;
type Code = readonly (readonly [cell: number, value: number] | readonly [cell: number, to: Register])[];

/** A litmus test: straight-line threads of stores `[cell, value]` and loads `[cell, register]`. */
export function litmus(cells: number, ...threads: Code[]): ToyProgram {
  return {
    cells: zeros(cells),
    threads: threads.map(
      (code) =>
        function* (registers): ToyThread {
          for (const [cell, what] of code)
            if (typeof what === 'number') yield store(cell, what);
            else registers[Number(what.slice(1))] = yield load(cell);
        },
    ),
    observe: (registers) => registers.join(' '),
  };
}

export const readers = (n: number): ToyProgram =>
  litmus(1, [[0, 42]], ...times(n, (i): Code => [[0, `r${i}`]]));

export const lastzero = (n: number): ToyProgram => ({
  cells: zeros(n + 1),
  threads: [
    function* () {
      let i = n;
      while ((yield load(i)) !== 0) i--;
    },
    ...times(
      n,
      (j) =>
        function* (): ToyThread {
          const r = yield load(j);
          yield store(j + 1, r + 1);
        },
    ),
  ],
});

/** `threads` threads, each `k` times: load, then store of one more. */
export const increments = (threads: number, k: number): ToyProgram => ({
  cells: [0],
  threads: times(
    threads,
    () =>
      function* (): ToyThread {
        for (let i = 0; i < k; i++) yield store(0, (yield load(0)) + 1);
      },
  ),
  observe: (_, cells) => String(cells[0]),
});

/** `n` threads that each add one to `cells` cells in turn, atomically. */
export const atomicIncrements = (n: number, cells: number): ToyProgram => ({
  cells: zeros(cells),
  threads: times(
    n,
    () =>
      function* (): ToyThread {
        for (let cell = 0; cell < cells; cell++) yield add(cell);
      },
  ),
});

export const readThenWrite = (n: number, first: boolean): ToyProgram => ({
  cells: [0],
  threads: [
    ...(first
      ? [
          function* (): ToyThread {
            yield store(0, 1);
          },
        ]
      : []),
    ...times(
      n,
      (i) =>
        function* (): ToyThread {
          yield load(0);
          yield store(0, i);
        },
    ),
  ],
});

export const casRotation = (n: number): ToyProgram => ({
  cells: [0],
  threads: times(
    n,
    (i) =>
      function* (): ToyThread {
        yield cas(0, i, i + 1);
      },
  ),
});

export const casThenWrite = (n: number): ToyProgram => ({
  cells: [0],
  threads: times(
    n,
    (i) =>
      function* (): ToyThread {
        yield cas(0, 0, 1);
        yield store(0, i + 3);
      },
  ),
});

export const writeAndCas = (n: number): ToyProgram => ({
  cells: [0],
  threads: [
    function* () {
      yield store(0, 2);
    },
    ...times(
      n,
      () =>
        function* (): ToyThread {
          yield cas(0, 2, 3);
        },
    ),
  ],
});

export const writeAndAdd = (n: number): ToyProgram => ({
  cells: [0],
  threads: [
    function* () {
      yield store(0, 42);
    },
    ...times(
      n,
      () =>
        function* (): ToyThread {
          yield add(0);
        },
    ),
  ],
});

export const coherenceA = (n: number): ToyProgram =>
  litmus(
    3,
    [
      [0, 1],
      [1, 'r0'],
      [0, 'r1'],
    ],
    [
      [0, 2],
      [2, 'r2'],
      [0, 'r3'],
    ],
    ...times(
      n - 1,
      (i): Code => [
        [1, i + 1],
        [2, i + 1],
      ],
    ),
  );

/** Each thread adds one under a lock. */
export const lockedIncrements = (n: number): ToyProgram => ({
  cells: [0, 0],
  threads: times(
    n,
    () =>
      function* (): ToyThread {
        yield lock(1);
        yield store(0, (yield load(0)) + 1);
        yield unlock(1);
      },
  ),
  observe: (_, cells) => String(cells[0]),
});

/** Philosopher i takes fork i, then the next one; `ordered`: the lower-numbered first. */
export const philosophers = (n: number, ordered: boolean): ToyProgram => ({
  cells: zeros(n),
  threads: times(
    n,
    (i) =>
      function* (): ToyThread {
        const left = i;
        const right = (i + 1) % n;
        const [first, second] = ordered && right < left ? [right, left] : [left, right];
        yield lock(first);
        yield lock(second);
        yield unlock(second);
        yield unlock(first);
      },
  ),
});

export const twoLocks = (opposite: boolean): ToyProgram => ({
  cells: [0, 0],
  threads: times(
    2,
    (i) =>
      function* (): ToyThread {
        const [a, b] = opposite && i === 1 ? [1, 0] : [0, 1];
        yield lock(a);
        yield lock(b);
        yield unlock(b);
        yield unlock(a);
      },
  ),
});

/** Peterson's lock; gives up after `spins` turns. `swapped`: announces itself too late. */
export const peterson = (spins: number, swapped: boolean): ToyProgram => ({
  cells: [0, 0, 0, 0],
  threads: times(
    2,
    (i) =>
      function* (registers): ToyThread {
        const other = 1 - i;
        if (swapped) yield store(2, other);
        yield store(i, 1);
        if (!swapped) yield store(2, other);
        let entered = false;
        for (let spin = 0; spin < spins && !entered; spin++)
          entered = (yield load(other)) === 0 || (yield load(2)) !== other;
        if (entered) {
          yield store(3, i);
          check((yield load(3)) === i);
          registers[i] = i;
        }
        yield store(i, 0);
      },
  ),
  observe: (registers) => registers.filter((r) => r !== undefined).join(',') || 'none',
});

export const petersonAssume = (): ToyProgram => ({
  cells: [0, 0, 0, 0],
  threads: times(
    2,
    (i) =>
      function* (): ToyThread {
        const turn = 1 - i;
        yield store(i, 1);
        yield store(2, turn);
        if ((yield load(1 - i)) === 1 && (yield load(2)) === turn) yield stop();
        yield store(3, i);
        yield load(3);
        yield store(i, 0);
      },
  ),
});

export const dekker = (rounds: number): ToyProgram => ({
  cells: [0, 0, 0, 0],
  threads: times(
    2,
    (i) =>
      function* (): ToyThread {
        const other = 1 - i;
        yield store(i, 1);
        let entered = false;
        for (let round = 0; round < rounds; round++) {
          if ((yield load(other)) === 0) {
            entered = true;
            break;
          }
          if ((yield load(2)) !== i) {
            yield store(i, 0);
            let granted = false;
            for (let spin = 0; spin < rounds && !granted; spin++) granted = (yield load(2)) === i;
            if (!granted) break;
            yield store(i, 1);
          }
        }
        if (entered) {
          yield store(3, i);
          check((yield load(3)) === i);
          yield store(2, other);
        }
        yield store(i, 0);
      },
  ),
});

/** One producer, one consumer, `k` items, room for one. Cells: items, mutex, notFull, notEmpty. The data is not visible. */
export const boundedBuffer = (k: number): ToyProgram => ({
  cells: [0, 0, 0],
  threads: times(
    2,
    (side) =>
      function* (registers): ToyThread {
        for (let i = 0; i < k; i++) {
          yield lock(0);
          while ((registers[0] ?? 0) === (side === 0 ? 1 : 0)) yield* wait(1 + side, 0);
          registers[0] = side === 0 ? 1 : 0;
          yield signal(2 - side);
          yield unlock(0);
        }
      },
  ),
});

export const unsafePublication = (): ToyProgram => ({
  cells: [0, 0],
  threads: [
    function* () {
      yield store(0, 1);
      yield store(1, 42);
    },
    function* () {
      if ((yield load(0)) === 1) check((yield load(1)) === 42);
    },
  ],
});

export const conditionalReaders = (): ToyProgram => ({
  cells: [0, 0],
  threads: [
    function* () {
      yield store(0, 1);
    },
    ...times(
      2,
      () =>
        function* (): ToyThread {
          if ((yield load(1)) === 0) {
            yield load(0);
            yield store(1, 1);
          }
        },
    ),
  ],
});

export const sleepingRaces = (): ToyProgram => ({
  cells: [0, 0],
  threads: [
    function* () {
      yield store(1, 1);
    },
    function* () {
      yield store(0, 1);
    },
    function* () {
      if ((yield load(0)) === 1) yield load(1);
    },
  ],
});

export const etsi = (): ToyProgram => ({
  cells: [0, 0, 0],
  threads: times(
    3,
    (i) =>
      function* (): ToyThread {
        if ((yield load(i)) === 0) yield store((i + 1) % 3, 1);
        else yield store((i + 2) % 3, 0);
      },
  ),
});

export const fibonacci = (k: number): ToyProgram => ({
  cells: [1, 1],
  threads: [
    ...times(
      2,
      (i) =>
        function* (): ToyThread {
          for (let round = 0; round < k; round++) {
            const a = yield load(0);
            const b = yield load(1);
            yield store(i, a + b);
          }
        },
    ),
    function* () {
      yield load(0);
      yield load(1);
    },
  ],
});

/** Inserts into a shared hash table (Flanagan and Godefroid, POPL 2005). */
export const indexer = (n: number): ToyProgram => ({
  cells: zeros(128),
  threads: times(
    n,
    (t) =>
      function* (): ToyThread {
        for (let m = 1; m <= 4; m++) {
          const w = m * 11 + t;
          let h = (7 * w) % 128;
          while ((yield cas(h, 0, w)) === 0) h = (h + 1) % 128;
        }
      },
  ),
});

/** Allocates blocks to inodes (Flanagan and Godefroid, POPL 2005). */
export const filesystem = (n: number): ToyProgram => {
  const [locki, lockb, inode, busy] = [0, 32, 64, 96];
  return {
    cells: zeros(128),
    threads: times(
      n,
      (t) =>
        function* (): ToyThread {
          const i = t % 32;
          yield lock(locki + i);
          if ((yield load(inode + i)) === 0) {
            let b = (2 * i) % 26;
            for (let tries = 0; tries < 26; tries++) {
              yield lock(lockb + b);
              if ((yield load(busy + b)) === 0) {
                yield store(busy + b, 1);
                yield store(inode + i, b + 1);
                yield unlock(lockb + b);
                break;
              }
              yield unlock(lockb + b);
              b = (b + 1) % 26;
            }
          }
          yield unlock(locki + i);
        },
    ),
  };
};
