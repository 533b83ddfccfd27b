/**
 * Random programs whose results are known beforehand: each is a handful of *parts* that run side by side in one process and cannot get in each
 * other's way, except by taking turns on the same cores. Every part ends, whatever the schedule; a part that does not has lost a wake-up.
 */
import fc from 'fast-check';
import type { RunOptions } from '../../../src/engine/index.ts';

/** A part of a program: what it declares and starts, how it ends, and the line it prints then. */
export interface Part {
  /** Statements that start threads and processes. `#` stands for a number of the part's own. */
  readonly begin: string;
  /** Statements of the main thread that wait for them. */
  readonly end: string;
  /** What the value of `result#` is in the end. */
  readonly result: string;
}

/** Something a thread does between two operations. */
const pause = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 1, max: 12_000 }).map((time) => `compute(${time});`),
  fc.integer({ min: 0, max: 9000 }).map((time) => `sleep(${time});`),
  fc.integer({ min: 1, max: 40 }).map((turns) => `for (let k = 0; k < ${turns}; k++) work += k;`),
  fc.constant('yieldThread();'),
  fc.integer({ min: 1, max: 5000 }).map((time) => `io(${time}, 'disk');`),
);

const count = fc.integer({ min: 1, max: 6 });
const few = fc.integer({ min: 1, max: 4 });

const join = 'for (const it of threads#) it.join();';
const sum = (n: number) => (n * (n - 1)) / 2;

/** Threads that add to one counter, protected in one of several ways. */
const counter = fc
  .record({
    n: few,
    rounds: count,
    before: pause,
    inside: pause,
    how: fc.constantFrom<readonly [declare: string, enter: string, leave: string]>(
      ['const m# = new Mutex();', 'm#.lock();', 'm#.unlock();'],
      ['const m# = new Mutex({ priorityInheritance: true });', 'm#.lock();', 'm#.unlock();'],
      // A shorter sleep than a switch takes would starve the holder where sleepers go first (`front`), as on a real machine.
      ['const m# = new Mutex();', 'while (!m#.tryLock()) sleep(100_000);', 'm#.unlock();'],
      ['const m# = new Mutex();', 'm#.withLock(() => {', '});'],
      ['const s# = new Semaphore(1);', 's#.acquire();', 's#.release();'],
      ['const l# = new RWLock();', 'l#.readLock(); l#.readUnlock(); l#.writeLock();', 'l#.writeUnlock();'],
    ),
  })
  .map(({ n, rounds, before, inside, how: [declare, enter, leave] }) => ({
    begin: `${declare} let result# = 0;
      const threads# = Array.from({ length: ${n} }, (_, i) => new Thread(() => { let work = 0;
        for (let k = 0; k < ${rounds}; k++) { ${before} ${enter} const old = result#; ${inside} result# = old + 1; ${leave} } }, { priority: i }));`,
    end: join,
    result: String(n * rounds),
  }));

/** A bounded buffer: producers and consumers that wait on conditions. */
const buffer = fc
  .record({
    n: few,
    each: count,
    size: few,
    wake: fc.constantFrom('signal', 'broadcast'),
    producing: pause,
    consuming: pause,
    inside: pause,
    timeout: fc.constantFrom('', '300000'),
  })
  .map(({ n, each, size, wake, producing, consuming, inside, timeout }) => ({
    begin: `const m# = new Mutex(), full# = new Condition(m#), empty# = new Condition(m#), items#: number[] = []; let result# = 0;
      const threads# = Array.from({ length: ${2 * n} }, (_, i) => new Thread(() => { let work = 0;
        for (let k = 0; k < ${each}; k++) {
          if (i % 2) { ${producing} m#.lock(); while (items#.length >= ${size}) full#.wait(${timeout}); items#.push(k); ${inside} empty#.${wake}(); m#.unlock(); }
          else { ${consuming} m#.lock(); while (items#.length === 0) empty#.wait(${timeout}); result# += items#.shift()!; full#.${wake}(); m#.unlock(); } } }));`,
    end: join,
    result: String(n * sum(each)),
  }));

/** Threads that meet at a barrier again and again: nobody is ever two rounds ahead. */
const barrier = fc.record({ n: few, rounds: count, before: pause }).map(({ n, rounds, before }) => ({
  begin: `const b# = new Barrier(${n}), at#: number[] = Array(${n}).fill(0); let result# = 0;
      const threads# = Array.from({ length: ${n} }, (_, i) => new Thread(() => { let work = 0;
        for (let k = 0; k < ${rounds}; k++) { ${before} at#[i] = k; b#.wait(); for (const other of at#) if (other < k) result# = -1000; b#.wait(); if (i === 0) result#++; } }));`,
  end: join,
  result: String(rounds),
}));

/** A channel between threads: every value comes out once; a single sender's in order. */
const channel = fc
  .record({ n: few, each: count, capacity: fc.integer({ min: 0, max: 3 }), sending: pause, receiving: pause })
  .map(({ n, each, capacity, sending, receiving }) => ({
    begin: `const c# = new Channel<number>(${capacity}), d# = new Semaphore(0); let result# = 0;
      const threads# = Array.from({ length: ${n} }, (_, i) => new Thread(() => { let work = 0;
        for (let k = 0; k < ${each}; k++) { ${sending} c#.send(100 * i + k); } d#.release(); }));
      const reader# = new Thread(() => { let work = 0; const last: number[] = Array(${n}).fill(-1);
        for (const it of c#) { ${receiving} const i = Math.floor(it / 100); if (last[i]! >= it) result# = -100000; last[i] = it; result#++; } });
      new Thread(() => { for (let i = 0; i < ${n}; i++) d#.acquire(); c#.close(); });`,
    end: `${join} reader#.join();`,
    result: String(n * each),
  }));

/** Processes that write into a pipe or a queue, one that reads: each writer's messages come out in order. */
const pipeline = fc
  .record({
    n: few,
    each: count,
    writing: pause,
    reading: pause,
    length: fc.integer({ min: 0, max: 60 }),
    how: fc.constantFrom<readonly [declare: string, write: string, read: string]>(
      ['const [r#, w#] = pipe<string>(80);', 'w#.write(', 'r#.read()'],
      ['const [r#, w#] = pipe<string>();', 'w#.write(', 'r#.read()'],
      ["const q# = new MessageQueue<string>('queue #', { capacity: 2 });", 'q#.send(', 'q#.receive()'],
    ),
  })
  .map(({ n, each, writing, reading, length, how: [declare, write, read] }) => ({
    begin: `${declare} let result# = 0;
      const children# = Array.from({ length: ${n} }, (_, i) => new Process(() => { let work = 0;
        for (let k = 0; k < ${each}; k++) { ${writing} ${write} i + ',' + k + ',' + 'x'.repeat(${length})); } return i; }));
      const reader# = new Thread(() => { let work = 0; const next: number[] = Array(${n}).fill(0);
        for (let k = 0; k < ${n * each}; k++) { ${reading} const [i, j] = ${read}!.split(',').map(Number); if (next[i!]++ !== j) result# = -1000; result#++; } });`,
    end: `reader#.join(); children#.forEach((child, i) => { if (child.wait().code !== i) result# = -1000; });`,
    result: String(n * each),
  }));

/** The world tells the main thread things; a child forked after each knows them all. */
const forks = fc
  .array(
    fc.record({
      tell: fc.constantFrom(
        'told# += Math.floor(Math.random() * 7);',
        'told# += Math.round(now()) % 5;',
        'told# += Math.round(cpuTime()) % 3;',
        'told# += count#++;',
        't#.push(new Thread(() => { count#++; sleep(10); count#++; }));',
        'told# += new Thread(() => { compute(3000); return count#++; }).join();',
        'told# += getpid() + processes().length;',
        'kill(getpid(), "SIGUSR1");',
        's#.acquire();',
        'w#.write(told#); told# += r#.read()!;',
        'told# += atomic#.add(2);',
        'memory#.add(0, 3); told# += memory#.get(0);',
        'told# += fiber#.resume().value as number;',
        'c#.wait(700);',
      ),
      before: pause,
      body: fc.boolean(),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((steps) => ({
    begin: `let told# = 0, count# = 0, result# = 0, work# = 0; const t#: Thread[] = [], s# = new Semaphore(0), [r#, w#] = pipe<number>(), m# = new Mutex(), c# = new Condition(m#);
      const atomic# = new Atomic(1), memory# = new SharedMemory('memory #', 1), fiber# = new Fiber(() => { for (let k = 0; ; k++) Fiber.yield(k); });
      signal('SIGUSR1', () => { count#++; });
      const ticker# = new Thread(() => { for (let k = 0; k < 30; k++) { sleep(1500); s#.release(); } }); m#.lock();
      { let work = 0; ${steps
        .map(({ tell, before, body }) => {
          const child = body
            ? 'const pid = new Process(() => told# % 50).pid;'
            : 'const pid = fork(); if (pid === 0) exit(told# % 50);';
          return `{ ${before} ${tell} ${child} seen#.push([pid, told# % 50]); }`;
        })
        .join('\n')} }`,
    end: `m#.unlock(); for (const it of t#) it.join(); ticker#.join();
      for (const [pid, told] of seen#) if (waitpid(pid).code !== told) result# = -1;`,
    result: '0',
  }))
  .map(({ begin, end, result }) => ({
    begin: `const seen#: [number, number][] = []; ${begin}`,
    end,
    result,
  }));

/**
 * Signals in the middle of everything: handlers run, and what they interrupt goes on. Each is answered before the next
 * is sent: a signal that is still pending does not queue.
 */
const alarms = fc
  .record({ n: count, every: fc.integer({ min: 200, max: 6000 }), before: pause })
  .map(({ n, every, before }) => ({
    begin: `let result# = 0; const seen# = new Atomic(0); const answers# = pipe(); signal('SIGUSR2', () => { seen#.add(1); answers#[1].write('x'); }); const parent# = getpid();
      const child# = new Process(() => { let work = 0; for (let k = 0; k < ${n}; k++) { ${before} sleep(${every}); kill(parent#, 'SIGUSR2'); answers#[0].read(1); } });`,
    end: `child#.wait(); for (let k = 0; k < 3; k++) sleep(10); result# = seen#.load();`,
    result: String(n),
  }));

/** Signals to threads that lock, wait and compute: every one is handled, wherever it comes, and nothing that it interrupts is lost. */
const interruptions = fc
  .record({ n: few, rounds: count, every: fc.integer({ min: 0, max: 5000 }), before: pause, inside: pause })
  .map(({ n, rounds, every, before, inside }) => ({
    begin: `const m# = new Mutex(), c# = new Condition(m#), seen# = new Semaphore(0); let result# = 0, isOver# = false;
      signal('SIGHUP', () => seen#.release());
      const threads# = Array.from({ length: ${n} }, () => new Thread(() => { let work = 0;
        for (let k = 0; k < ${rounds}; k++) { ${before} m#.lock(); const old = result#; ${inside} result# = old + 1; c#.signal(); m#.unlock(); }
        m#.lock(); while (!isOver#) c#.wait(); m#.unlock(); }));
      for (let k = 0; k < ${2 * n}; k++) { sleep(${every}); threads#[k % ${n}]!.kill('SIGHUP'); seen#.acquire(); }
      m#.lock(); isOver# = true; c#.broadcast(); m#.unlock();`,
    end: join,
    result: String(n * rounds),
  }));

/** Any part, without processes or with them. */
const threadParts: fc.Arbitrary<Part> = fc.oneof(counter, buffer, barrier, channel, interruptions);
const processParts: fc.Arbitrary<Part> = fc.oneof(pipeline, forks, alarms);

/** A program and the lines it prints. */
export interface KnownProgram {
  readonly source: string;
  readonly lines: readonly string[];
}

const IMPORTS =
  'Atomic, Barrier, Channel, Condition, Fiber, MessageQueue, Mutex, Process, RWLock, Semaphore, SharedMemory, Thread, compute, cpuTime, exit, fork, getpid, io, kill, now, pipe, print, processes, signal, sleep, waitpid, yieldThread';

function assemble(parts: readonly Part[]): KnownProgram {
  const numbered = (text: string, i: number) => text.replaceAll('#', String(i));
  return {
    source: [
      `import { ${IMPORTS} } from 'interleave';`,
      ...parts.map(({ begin }, i) => numbered(begin, i)),
      ...parts.map(({ end }, i) => numbered(end, i)),
      ...parts.map((_, i) => `print(${i}, result${i});`),
    ].join('\n'),
    lines: parts.map(({ result }, i) => `${i} ${result}`),
  };
}

/** Programs of up to four parts. A process of several parts forks while all of them are under way. */
export const knownPrograms: fc.Arbitrary<KnownProgram> = fc
  .tuple(
    fc.array(threadParts, { minLength: 0, maxLength: 3 }),
    fc.array(processParts, { minLength: 0, maxLength: 1 }),
  )
  .filter(([threads, processes]) => threads.length + processes.length > 0)
  .map(([threads, processes]) => assemble([...threads, ...processes]));

/** Any machine. */
export const machines: fc.Arbitrary<RunOptions> = fc.record({
  cores: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constant(64)),
  policy: fc.constantFrom(
    'fifo',
    'sjf',
    'stcf',
    'rr',
    { name: 'rr', timer: 'periodic' },
    'priority',
    { name: 'priority', aging: 30_000 },
    'lottery',
    'mlfq',
    { name: 'mlfq', boost: 50_000, stay: true, front: true },
    'fair',
  ),
  quantum: fc.constantFrom(300, 2000, 10_000, 1_000_000),
  seed: fc.nat(1_000_000),
  costs: fc.constantFrom('modern', 'xeon-2007', 'p6-1995', 'free'),
  interpreterLock: fc.boolean(),
  spuriousWakeups: fc.boolean(),
});
