import { describe, expect, test } from 'vitest';
import { compile, type RunOptions, start } from '../../../src/engine/index.ts';
import { runProgram } from './run.ts';

/*
 * Nothing is silently ignored: a call that makes no sense throws an error with the name POSIX gives it and says what was expected; what a real
 * machine punishes with a signal ends the process by that signal; what no real machine notices is at least a warning in the report.
 */

/** A call and what it throws, as `code: message` begins. */
type Row = readonly [call: string, error: string];

function check(call: string, error: string): void {
  const report = runProgram(`${call};`);
  expect(report.error?.message.startsWith(error) ? error : report.error?.message).toBe(error);
  expect(report.processes[0]?.exit).toEqual({ code: 1, signal: null });
}

/** The same for every one of several values. */
const each = (values: readonly string[], row: (value: string) => Row): Row[] => values.map(row);

describe('time', () => {
  test.each<Row>([
    ...['sleep', 'compute', 'io', 'ioAsync', 'alarm'].flatMap((call) =>
      each(['-1', 'Number.NaN', "'1' as never", 'undefined as never'], (value) => [
        `${call}(${value})`,
        `EINVAL: ${call} takes a duration in nanoseconds, 0 or more; it was given`,
      ]),
    ),
    ['io(5, 7 as never)', 'EINVAL: name of a device must be a string; it is 7'],
    ["us('x' as never)", "EINVAL: us must be a number; it is 'x'"],
    ['ms(Number.NaN)', 'EINVAL: ms must be a number; it is NaN'],
  ])('%s is refused', check);
});

describe('threads', () => {
  const thread = (options: string) => `new Thread(() => {}, ${options})`;
  test.each<Row>([
    ['new Thread(5 as never)', 'EINVAL: new Thread takes a function to run; it was given number'],
    [thread('null as never'), 'EINVAL: the options of a Thread must be an object; it is null'],
    [thread('{ nmae: 1 } as never'), "EINVAL: a Thread has no option 'nmae'; it has name, priority, core"],
    [thread('{ name: 5 as never }'), 'EINVAL: name of a Thread must be a string; it is 5'],
    [thread('{ priority: Number.NaN }'), 'EINVAL: priority must be a number; it is NaN'],
    [thread('{ core: -1 }'), 'EINVAL: core must be a whole number of at least 0; it is -1'],
    [thread('{ core: 2 }'), 'EINVAL: core must be less than 2, the cores of this machine; it is 2'],
    [thread('{ stackSize: 0 }'), 'EINVAL: stackSize must be a whole number of at least 4096; it is 0'],
    [thread('{ arrival: -1 }'), 'EINVAL: arrival takes a duration'],
    [thread('{ expected: Number.NaN }'), 'EINVAL: expected takes a duration'],
    [
      "const t = new Thread(() => {}); t.priority = 'x' as never",
      "EINVAL: priority must be a number; it is 'x'",
    ],
    ['currentThread().join()', 'EDEADLK: join: main would wait for itself to end'],
    ['const t = new Thread(() => {}); t.join(); t.join()', 'EINVAL: join: thread 2 was joined before'],
    ['const t = new Thread(() => {}); t.detach(); t.join()', 'EINVAL: join: thread 2 is detached'],
    [
      'const t = new Thread(() => {}); t.detach(); t.detach()',
      'EINVAL: detach: thread 2 is detached already',
    ],
    ['const t = new Thread(() => {}); t.join(); t.detach()', 'EINVAL: detach: thread 2 was joined before'],
    ['const t = new Thread(() => {}); t.join(); t.kill()', 'ESRCH: kill: thread 2 has ended'],
    ["const t = new Thread(() => {}); t.kill('SIGFOO' as never)", "EINVAL: there is no signal 'SIGFOO'"],
    ['Fiber.yield()', 'EPERM: Fiber.yield: the caller is not inside a fiber'],
    ['new Fiber(5 as never)', 'EINVAL: new Fiber takes a function to run; it was given number'],
    ['const f = new Fiber(() => {}); f.resume(); f.resume()', 'EINVAL: resume: this fiber has ended'],
    [
      'const f: Fiber = new Fiber(() => f.resume()); f.resume()',
      'EINVAL: resume: this fiber is running already',
    ],
  ])('%s is refused', check);
});

describe('synchronisation', () => {
  test.each<Row>([
    ['new Mutex(5 as never)', 'EINVAL: the options of a Mutex must be an object; it is 5'],
    ['new Mutex({ fair: true } as never)', "EINVAL: a Mutex has no option 'fair'"],
    [
      "new Mutex({ priorityInheritance: 'yes' as never })",
      'EINVAL: priorityInheritance must be true or false',
    ],
    ["new Mutex('m').unlock()", 'EPERM: unlock: main does not hold m; nobody holds it'],
    ["const m = new Mutex('m'); m.lock(); m.lock()", 'EDEADLK: lock: main holds m already'],
    [
      "const m = new Mutex('m'); m.lock(); new Thread(() => m.unlock()).join()",
      'EPERM: unlock: thread 2 does not hold m; main holds it',
    ],
    ["const m = new Mutex('m'); m.lock(); m.destroy()", 'EBUSY: destroy: m is in use; main holds it'],
    [
      "const m = new Mutex('m'), c = new Condition(m); new Thread(() => { m.lock(); c.wait(); }).detach(); sleep(us(50)); m.destroy()",
      'EBUSY: destroy: m is in use; threads wait for it',
    ],
    ...each(['lock', 'tryLock', 'destroy'], (call) => [
      `const m = new Mutex('m'); m.destroy(); m.${call}()`,
      `EINVAL: ${call}: m was destroyed; make a new Mutex`,
    ]),
    ...each(['-1', '1.5', 'Number.NaN'], (n) => [
      `new Semaphore(${n})`,
      'EINVAL: permits of a Semaphore must be a whole number of at least 0',
    ]),
    ...each(['-1', '0', '0.5'], (n) => [
      `new Semaphore(1).release(${n})`,
      'EINVAL: release must be a whole number of at least 1',
    ]),
    [
      'new Semaphore(2 ** 31 - 1, "s").release()',
      'EOVERFLOW: release: s cannot have more than 2147483647 permits',
    ],
    [
      'new Condition(undefined as never)',
      'EINVAL: new Condition takes the Mutex that protects what it is about',
    ],
    ["new Condition(new Mutex('m')).wait()", 'EPERM: wait: main does not hold m; nobody holds it'],
    ['const m = new Mutex(), c = new Condition(m); m.lock(); c.wait(-1)', 'EINVAL: wait takes a duration'],
    ["new RWLock('l').readUnlock()", 'EPERM: readUnlock: main does not hold l that way'],
    [
      "const l = new RWLock('l'); l.readLock(); l.writeUnlock()",
      'EPERM: writeUnlock: main does not hold l that way',
    ],
    [
      "const l = new RWLock('l'); l.writeLock(); l.readUnlock()",
      'EPERM: readUnlock: main does not hold l that way',
    ],
    ["const l = new RWLock('l'); l.readLock(); l.writeLock()", 'EDEADLK: writeLock: main holds l already'],
    ["const l = new RWLock('l'); l.writeLock(); l.readLock()", 'EDEADLK: readLock: main holds l already'],
    ["const l = new RWLock('l'); l.writeLock(); l.writeLock()", 'EDEADLK: writeLock: main holds l already'],
    ...each(['0', '-1', '1.5'], (n) => [
      `new Barrier(${n})`,
      'EINVAL: threads of a Barrier must be a whole number of at least 1',
    ]),
    ["new Atomic('x' as never).add(1)", "EINVAL: add: the value of the Atomic must be a number; it is 'x'"],
    ["new Atomic(1).sub('x' as never)", "EINVAL: what is subtracted must be a number; it is 'x'"],
    ...each(['-1', '1.5', 'Number.NaN'], (n) => [
      `new Channel(${n})`,
      'EINVAL: capacity of a Channel must be a whole number of at least 0',
    ]),
    ["const c = new Channel(1, 'c'); c.close(); c.send(1)", 'EPIPE: send: c is closed'],
    ["const c = new Channel(1, 'c'); c.close(); c.close()", 'EPIPE: close: c is closed already'],
  ])('%s is refused', check);
});

describe('processes and signals', () => {
  test.each<Row>([
    ['new Process(5 as never)', 'EINVAL: new Process takes a function to run; it was given number'],
    ['new Process(() => {}, { nice: 40 })', 'EINVAL: nice must be a whole number from -20 to 19; it is 40'],
    [
      'new Process(() => {}, { memoryLimit: -1 })',
      'EINVAL: memoryLimit must be a whole number of at least 0',
    ],
    ['new Process(() => {}, { container: {} as never })', 'EINVAL: container must be a Container'],
    ['new Process(() => {}, { cpu: 1 } as never)', "EINVAL: a Process has no option 'cpu'"],
    ['setNice(Number.NaN)', 'EINVAL: nice must be a whole number from -20 to 19; it is NaN'],
    ['waitpid()', 'ECHILD: waitpid: main has nothing to wait for: it has no children left'],
    ['waitpid(77)', 'ECHILD: waitpid: main has nothing to wait for: process 77 is no child of it'],
    ['waitpid(getpid())', 'ECHILD: waitpid: main has nothing to wait for: process 1 is no child of it'],
    ['waitpid(-5)', 'EINVAL: pid must be a whole number of at least -1; it is -5'],
    [
      'const p = new Process(() => {}); p.wait(); p.wait()',
      'ECHILD: waitpid: main has nothing to wait for: process 2',
    ],
    ['const p = new Process(() => {}); p.wait(); p.kill()', 'ESRCH: kill: there is no process 2'],
    ...each(['-1', '1.5', "'x' as never"], (code) => [
      `exit(${code})`,
      'EINVAL: exit code must be a whole number of at least 0',
    ]),
    ['kill(99)', 'ESRCH: kill: there is no process 99'],
    ['kill(-1)', 'EINVAL: pid must be a whole number of at least 0; it is -1'],
    ["kill(getpid(), 'SIGFOO' as never)", "EINVAL: there is no signal 'SIGFOO'; the signals are SIGHUP"],
    ["signal('SIGFOO' as never, 'ignore')", "EINVAL: there is no signal 'SIGFOO'"],
    [
      "signal('SIGUSR1', 'ignroe' as never)",
      "EINVAL: signal takes a function, 'ignore' or 'default'; it was given ignroe",
    ],
    ...['SIGKILL', 'SIGSTOP'].flatMap((name): Row[] => [
      [`signal('${name}', 'ignore')`, `EINVAL: signal: ${name} cannot be caught, ignored or blocked`],
      [`blockSignals('${name}')`, `EINVAL: blockSignals: ${name} cannot be caught, ignored or blocked`],
    ]),
    ...each(['blockSignals', 'unblockSignals'], (call) => [
      `${call}('SIGFOO' as never)`,
      "EINVAL: there is no signal 'SIGFOO'",
    ]),
    ...each(['0', '-1', 'Number.NaN', 'Infinity'], (share) => [
      `new Container({ cpuShare: ${share} })`,
      'EINVAL: cpuShare must be',
    ]),
    [
      'new Container({ memoryLimit: -1 })',
      'EINVAL: memoryLimit must be a whole number of at least 0; it is -1',
    ],
    ["new Container({ privatePids: 'x' as never })", 'EINVAL: privatePids must be true or false'],
    ['new Container({ pids: true } as never)', "EINVAL: a Container has no option 'pids'"],
  ])('%s is refused', check);

  test('of what a body returns the low 8 bits are the exit code, as of exit', () => {
    const report = runProgram(
      'new Process(() => 300).wait(); new Process(() => -1).wait(); new Process(() => exit(256)).wait();',
    );
    expect(report.processes.map(({ exit }) => exit?.code)).toEqual([0, 44, 255, 0]);
  });
});

describe('communication', () => {
  const connection = 'const l = listen(80), c = connect(80);';
  test.each<Row>([
    ...each(['0', '-1', '1.5'], (n) => [
      `pipe(${n})`,
      'EINVAL: capacity of a pipe must be a whole number of at least 1',
    ]),
    ['const [r, w] = pipe(); w.close(); w.write(1 as never)', 'EBADF: write: the writing end of pipe'],
    ['const [r] = pipe(); r.close(); r.read()', 'EBADF: read: the reading end of pipe'],
    ['const [r] = pipe(); r.close(); r.close()', 'EBADF: close: this end of pipe'],
    [
      "const [r, w] = pipe(); signal('SIGPIPE', 'ignore'); r.close(); w.write('x')",
      'EPIPE: write: nobody has the reading end of',
    ],
    [
      'const [, w] = pipe<unknown>(); w.write(() => {})',
      'EINVAL: a function cannot be sent to another process; send data',
    ],
    [
      "new MessageQueue('q', { capacity: 0 })",
      'EINVAL: capacity of a MessageQueue must be a whole number of at least 1',
    ],
    [
      "new MessageQueue('q'); new MessageQueue('q', { capacity: 3 })",
      "EINVAL: MessageQueue 'q' exists with a capacity of 10",
    ],
    [
      'new MessageQueue(undefined as never)',
      'EINVAL: name of a MessageQueue must be a string; it is undefined',
    ],
    ...each(['0', '-1', '1.5'], (port) => [
      `listen(${port})`,
      'EINVAL: port must be a whole number of at least 1',
    ]),
    ['listen(70000)', 'EINVAL: port must be at most 65535; it is 70000'],
    ['listen(80); listen(80)', 'EADDRINUSE: listen: port 80 is in use'],
    ['listen(80, { backlog: 0 })', 'EINVAL: backlog must be a whole number of at least 1'],
    ['connect(80)', 'ECONNREFUSED: connect: nobody listens on port 80'],
    ['const l = listen(80); l.close(); l.accept()', 'EBADF: accept: this socket is closed'],
    ['const l = listen(80); l.close(); l.close()', 'EBADF: close: this socket is closed'],
    [`${connection} c.close(); c.read()`, 'EBADF: read: the reading end of connection to 80 is closed'],
    [`${connection} c.close(); c.write('x')`, 'EBADF: write: the writing end of connection to 80 is closed'],
    [`${connection} c.close(); c.close()`, 'EBADF: close: this end of connection to 80 is closed already'],
    ['poll(5 as never)', 'EINVAL: poll takes a list of sources'],
    [
      'poll([{}] as never)',
      'EINVAL: only readers of pipes, message queues, listeners and connections can be watched',
    ],
    ['poll([pipe()[0]], -1)', 'EINVAL: poll takes a duration'],
    ['onReadable(pipe()[0], 5 as never)', 'EINVAL: the listener must be a function; it is 5'],
    ...each(['0', '-1', '1.5'], (n) => [
      `new SharedMemory('s', ${n})`,
      'EINVAL: length of a SharedMemory must be a whole number of at least 1',
    ]),
    ["new SharedMemory('s', 2 ** 40)", "ENOMEM: SharedMemory 's' of 1099511627776 numbers has no room"],
    [
      "new SharedMemory('s', 4); new SharedMemory('s', 5)",
      "EINVAL: SharedMemory 's' exists with a length of 4",
    ],
    ...each(['4', '-1', '0.5'], (i) => [
      `new SharedMemory('s', 4).get(${i})`,
      `RangeError: index ${i} is outside 0 … 3`,
    ]),
    ["new SharedMemory('s', 4).set(0, 'x' as never)", "EINVAL: what is set must be a number; it is 'x'"],
    [
      "new SharedMemory('s', 4).add(0, undefined as never)",
      'EINVAL: what is added must be a number; it is undefined',
    ],
  ])('%s is refused', check);

  test('a pipe that nobody reads any more kills its writer', () => {
    const report = runProgram("const [r, w] = pipe(); r.close(); w.write('x');");
    expect(report.processes[0]?.exit).toEqual({ code: null, signal: 'SIGPIPE' });
  });
});

describe('memory', () => {
  test.each<Row>([
    ...each(['0', '-8', 'Number.NaN'], (n) => [
      `malloc(${n})`,
      'EINVAL: malloc must be a whole number of at least 1',
    ]),
    ['malloc(2 ** 40)', 'ENOMEM: malloc: no room for 1099511627776 bytes'],
    ["free('x' as never)", 'EINVAL: an address must be a whole number of at least 0; it is x'],
    ...each(['-8', 'Number.NaN', '0.5'], (address) => [
      `peek(${address})`,
      'EINVAL: an address must be a whole number of at least 0',
    ]),
    ['peek(malloc(16) + 1)', 'EINVAL: 0x20000001 is not the address of a word'],
    ["poke(malloc(8), 'x' as never)", "EINVAL: what is poked must be a number; it is 'x'"],
    ...each(['0', '-1', '1.5'], (n) => [`mmap(${n})`, 'EINVAL: mmap must be a whole number of at least 1']),
    ['mmap(2 ** 40)', 'ENOMEM: mmap: no room for 1099511627776 bytes'],
    [
      "mmap(4096, { protection: 'write' as never })",
      'EINVAL: protection must be one of none, read, read-write; it is write',
    ],
    ['mmap(4096, { share: true } as never)', "EINVAL: mmap has no option 'share'"],
    ['munmap(4096)', 'EINVAL: munmap: 0x1000 is not the start of a mapping'],
    ['munmap(mmap(8192) + 4096)', 'EINVAL: munmap: 0x60001000 is not the start of a mapping'],
    [
      'const p = mmap(4096); munmap(p); munmap(p)',
      'EINVAL: munmap: 0x60000000 is not the start of a mapping',
    ],
    ["mprotect(4096, 'read')", 'EINVAL: mprotect: 0x1000 is not the start of a mapping'],
  ])('%s is refused', check);

  test.each([
    ['free(8)', 'SIGABRT', /0x8 was not returned by malloc/],
    ['free(malloc(32) + 8)', 'SIGABRT', /was not returned by malloc/],
    ['const p = malloc(8); free(p); free(p)', 'SIGABRT', /was freed before \(double free\)/],
    ['peek(0)', 'SIGSEGV', /at 0x0: nothing is mapped at address 0/],
    ['poke(8, 1)', 'SIGSEGV', /at 0x8: nothing is mapped at address 0/],
    ['peek(0xffff_fff8)', 'SIGSEGV', /nothing is mapped there/],
    ['peek(2 ** 40)', 'SIGSEGV', /at 0x10000000000: nothing is mapped there/],
    ["poke(mmap(4096, { protection: 'read' }), 1)", 'SIGSEGV', /may not be written/],
    ["peek(mmap(4096, { protection: 'none' }))", 'SIGSEGV', /guard page/],
    ['const p = mmap(4096); munmap(p); peek(p)', 'SIGSEGV', /nothing is mapped there/],
    ['const f = () => 1; poke(addressOf(f), 1)', 'SIGSEGV', /may not be written/],
  ])('%s ends the process by %s', (call, signal, message) => {
    const report = runProgram(`${call};`);
    expect(report.processes[0]?.exit).toEqual({ code: null, signal });
    expect(report.error?.message).toMatch(message);
  });

  test('using a block after free goes well, as on a real machine, and the report warns of it', () => {
    const { error, warnings } = runProgram(
      'const p = malloc(64); free(p); poke(p + 8, 1); peek(p); const q = malloc(64); peek(q);',
    );
    expect(error).toBeUndefined();
    expect(warnings?.map((warning) => warning.slice(0, 42))).toEqual([
      'Use after free: main writes to 0x20000008,',
      'Use after free: main reads 0x20000000, in ',
    ]);
    expect(runProgram('const p = malloc(64); free(p); malloc(64); peek(p);').warnings).toBeUndefined();
  });
});

describe('calls that cannot wait where they stand', () => {
  test('are refused, and say what to do', () => {
    const report = runProgram(`const m = new Mutex(); m.lock();
      new Thread(() => { const o = { get x() { m.lock(); return 1; } }; JSON.stringify(o); }).join();`);
    expect(report.error?.message).toMatch(
      /EDEADLK: lock would block inside a function that a built-in called/,
    );
  });
});

describe('the machine', () => {
  test.each<readonly [request: object, message: RegExp]>([
    [{ cores: 0 }, /cores must be a whole number from 1 to 64; it is 0/],
    [{ cores: 65 }, /cores must be a whole number from 1 to 64; it is 65/],
    [{ cores: 1.5 }, /cores must be a whole number from 1 to 64; it is 1.5/],
    [{ quantum: 0 }, /quantum must be a number of nanoseconds greater than 0; it is 0/],
    [{ quantum: -1 }, /quantum must be a number of nanoseconds greater than 0; it is -1/],
    [{ quantum: Number.NaN }, /quantum must be a number of nanoseconds greater than 0; it is NaN/],
    [{ seed: -1 }, /seed must be a whole number from 0/],
    [{ memory: 100 }, /memory must be a whole number from 4096/],
    [{ memoryModel: 'weak' }, /memoryModel must be one of sc, tso; it is weak/],
    [{ interpreterLock: 'yes' }, /interpreterLock must be true or false; it is yes/],
    [{ spuriousWakeups: 1 }, /spuriousWakeups must be true or false; it is 1/],
    [{ policy: 'random' }, /no scheduling policy 'random'\. Choose one of fifo, sjf/],
    [{ policy: { name: 'rr', quanta: [1] } }, /rr: there is no parameter 'quanta'; it has quantum/],
    [{ costs: 'pdp-11' }, /no cost profile 'pdp-11'\. Choose one of modern/],
    [{ costs: { pizza: 5 } }, /no cost 'pizza'/],
    [{ costs: { access: -1 } }, /'access' must be a number of nanoseconds, 0 or more; it is -1/],
    [{ cors: 2 }, /there is no setting 'cors'; there are cores, policy/],
  ])('%o is refused before the program starts', (request, message) => {
    const program = compile('');
    expect(() => start(program, request as RunOptions)).toThrow(message);
    expect(() => start(program, request as RunOptions)).toThrow(RangeError);
  });
});
