import { describe, expect, test } from 'vitest';
import type { RunOptions } from '../../../src/engine/index.ts';
import { linesOf, PAPER, runProgram } from './run.ts';

/*
 * What the module promises, a line a promise: a tiny program as a reader might write it, and what it has to print. `code(f)` is the errno name that a call throws.
 */
type Row = readonly [what: string, body: string, lines: string[], machine?: RunOptions];

const CODE = `const code = (f: () => unknown) => { try { f(); return 'fine'; } catch (e) { return (e as { code: string }).code ?? (e as Error).name; } };`;

function keeps(rows: readonly Row[]): void {
  for (const [what, body, lines, machine] of rows)
    test(what, () => {
      const report = runProgram(`${body.includes('code(') ? CODE : ''}${body}`, machine);
      expect([report.stdout.map(({ text }) => text), report.error?.message]).toEqual([lines, undefined]);
    });
}

describe('time and work', () => {
  keeps([
    ['durations are nanoseconds', `print(ns(3), us(10), ms(5));`, ['3 10000 5000000']],
    ['a sleep of nothing takes no time', `const t = now(); sleep(0); print(now() - t);`, ['0'], PAPER],
    [
      'requests to one device wait their turn',
      `const t = now(); for (const it of [1, 2].map(() => new Thread(() => io(100)))) it.join(); print(now() - t);`,
      ['200'],
      PAPER,
    ],
    [
      'devices of two names work at once',
      `const t = now(); for (const it of ['a', 'b'].map((d) => new Thread(() => io(100, d)))) it.join(); print(now() - t);`,
      ['100'],
      PAPER,
    ],
  ]);
});

describe('threads', () => {
  keeps([
    [
      'an arrival puts off the beginning',
      `new Thread(() => print(now()), { arrival: 500 });`,
      ['500'],
      PAPER,
    ],
    [
      'main ends, the others go on; a detached one is not waited for',
      `new Thread(() => { sleep(9000); print('late'); }); new Thread(() => { sleep(99000); print('never'); }).detach(); print('main');`,
      ['main', 'late'],
    ],
    ['exit in a thread ends the process', `new Thread(() => exit(0)); sleep(ms(1)); print('never');`, []],
    [
      'a thread-local variable has a value for each thread, made there',
      `let made = 0; const v = new ThreadLocal(() => ++made); print(v.get(), v.get(), new Thread(() => v.get()).join(), v.get());`,
      ['1 1 2 1'],
    ],
    [
      'priority inheritance keeps the middle one back',
      `const m = new Mutex({ priorityInheritance: true }); const log: string[] = [];
       new Thread(() => { m.lock(); compute(100); log.push('low'); m.unlock(); }, { priority: 1 });
       const mid = new Thread(() => { compute(200); log.push('mid'); }, { priority: 5, arrival: 10 });
       new Thread(() => m.withLock(() => log.push('high')), { priority: 9, arrival: 20 }); mid.join(); print(log.join());`,
      ['low,high,mid'],
      { ...PAPER, policy: 'priority' },
    ],
    [
      'with an interpreter lock four threads compute one after the other, and wait at once',
      `const time = (f: () => void) => { const t = now(); for (const it of [1, 2, 3, 4].map(() => new Thread(f))) it.join(); return now() - t; };
       print(time(() => compute(us(100))) >= us(400), time(() => sleep(us(100))) < us(200));`,
      ['true true'],
      { cores: 4, interpreterLock: true },
    ],
  ]);
});

describe('synchronisation', () => {
  keeps([
    [
      'a lock is given back whatever happens',
      `const m = new Mutex(); print(code(() => m.withLock(() => { throw new Error(); })), m.tryLock(), m.tryLock()); m.unlock(); { using _ = m.hold(); print(m.tryLock()); } print(m.tryLock());`,
      ['Error true false', 'false', 'true'],
    ],
    [
      'a held lock is not destroyed, a destroyed one not locked',
      `const m = new Mutex(); m.lock(); print(code(() => m.destroy())); m.unlock(); m.destroy(); print(code(() => m.lock()));`,
      ['EBUSY', 'EINVAL'],
    ],
    [
      'atomics give the old value and compare by identity',
      `const a = new Atomic(5), o = {}, b = new Atomic<object>(o); print(a.add(2), a.sub(1), a.exchange(9), a.compareExchange(9, 1), a.compareExchange(9, 2), a.load(), b.compareExchange({}, o), b.compareExchange(o, {}));`,
      ['5 7 6 true false 1 false true'],
    ],
    [
      'a closed channel gives what is in it, then null',
      `const c = new Channel<number>(2); c.send(1); c.send(2); c.close(); print(c.receive(), c.receive(), c.receive(), code(() => c.send(3)), code(() => c.close()));`,
      ['1 2 null EPIPE EPIPE'],
    ],
    [
      'a wait with a timeout ends on time',
      `const m = new Mutex(), c = new Condition(m); m.lock(); const t = now(); print(c.wait(us(5)), now() - t);`,
      ['false 5000'],
      PAPER,
    ],
    [
      'a readers-writer lock does not wait for its own caller',
      `const a = new RWLock(), b = new RWLock(); a.writeLock(); b.readLock(); print(code(() => a.writeLock()), code(() => b.writeLock()), code(() => b.writeUnlock()));`,
      ['EDEADLK EDEADLK EPERM'],
    ],
  ]);

  test.each([
    [
      'through locks',
      `const a = new Mutex('a'), b = new Mutex('b'); new Thread(() => { a.lock(); sleep(us(50)); b.lock(); }, { name: 'T1' }); new Thread(() => { b.lock(); sleep(us(50)); a.lock(); }, { name: 'T2' });`,
      'Deadlock: T1 waits for b, held by T2, T2 waits for a, held by T1.',
    ],
    [
      'through joins',
      `const a: Thread = new Thread(() => { sleep(us(50)); b.join(); }, { name: 'A' }), b: Thread = new Thread(() => { sleep(us(50)); a.join(); }, { name: 'B' });`,
      'Deadlock: A waits for B to end, B waits for A to end.',
    ],
    [
      'of one that waits for nobody',
      `pipe()[0].read();`,
      /^Deadlock: nothing can run any more; main waits for pipe \d+\.$/,
    ],
  ])('a deadlock %s is named', (_what, body, message) => {
    expect(runProgram(body).error?.message).toMatch(message);
  });

  test.each([
    ['a lock', `const m = new Mutex(); const f = () => m.withLock(() => { n++; }); new Thread(f); f();`],
    ['a join', `new Thread(() => { n++; }).join(); n++;`],
    ['a message', `const c = new Channel(1); new Thread(() => { n++; c.send(1); }); c.receive(); n++;`],
    ['a permit', `const s = new Semaphore(0); new Thread(() => { n++; s.release(); }); s.acquire(); n++;`],
    ['a barrier', `const b = new Barrier(2); new Thread(() => { n++; b.wait(); }); b.wait(); n++;`],
  ])('what %s orders is no race', (_what, body) => {
    expect(runProgram(`let n = 0; ${body}`).races).toEqual([]);
  });
});

describe('processes', () => {
  keeps([
    ['an exit code has eight bits', `print(new Process(() => exit(300)).wait().code);`, ['44']],
    [
      'children are collected as they end',
      `new Process(() => { sleep(us(900)); return 1; }); new Process(() => 2); print(waitpid().code, waitpid().code, code(() => waitpid()));`,
      ['2 1 ECHILD'],
    ],
    [
      'a zombie takes a signal and stays what it is; one that was collected is gone',
      `const p = new Process(() => {}); sleep(us(900)); p.kill(); print(p.wait().code, code(() => p.kill()));`,
      ['0 ESRCH'],
    ],
    [
      'a stopped process dies of SIGKILL at once, of SIGTERM too',
      `const spin = () => { while (true) {} }; for (const name of ['SIGKILL', 'SIGTERM'] as const) { const p = new Process(spin); sleep(us(50)); p.kill('SIGSTOP'); p.kill(name); print(p.wait().signal); }`,
      ['SIGKILL', 'SIGTERM'],
    ],
    [
      'SIGCHLD tells the parent',
      `signal('SIGCHLD', () => print('told')); new Process(() => {}).wait(); print('done');`,
      ['told', 'done'],
    ],
    [
      'a signal is handled while its thread waits for a lock, and the wait goes on',
      `const m = new Mutex(); signal('SIGUSR1', () => print('handler')); m.lock();
       const t = new Thread(() => m.withLock(() => print('got it'))); sleep(us(90)); t.kill('SIGUSR1'); sleep(us(90)); m.unlock();`,
      ['handler', 'got it'],
    ],
    [
      'three forks make eight processes',
      `for (let i = 0; i < 3; i++) fork(); print('one');`,
      Array(8).fill('one'),
    ],
  ]);

  test('shares of the CPU follow nice values and the shares of containers', () => {
    const { threads } = runProgram(
      `const end = ms(4), spin = () => { while (now() < end) compute(1000); }, half = new Container({ cpuShare: 512 });
       for (const options of [{}, { nice: 5 }, { container: half }]) new Process(spin, options);`,
      { cores: 1, costs: 'free', policy: 'fair' },
    );
    const [whole = 0, nice = 0, half = 0] = threads.slice(1).map(({ cpu }) => cpu);
    expect(whole / nice).toBeCloseTo(1.25 ** 5, 0);
    expect(whole / half).toBeCloseTo(2, 0);
  });
});

describe('communication', () => {
  keeps([
    [
      'the end of a pipe comes when every writer has closed',
      `const [r, w] = pipe(); const p = new Process(() => { w.write('hi'); sleep(9000); }); w.close(); print(r.read(), r.read(), p.wait().code);`,
      ['hi null 0'],
    ],
    [
      'closed ends say so',
      `const [r, w] = pipe(); w.close(); r.close(); print(code(() => w.write('x')), code(() => r.read()), code(() => r.close()));`,
      ['EBADF EBADF EBADF'],
    ],
    [
      'ports',
      `print(code(() => connect(81)), code(() => listen(80)), code(() => listen(80)), code(() => listen(65536)));`,
      ['ECONNREFUSED fine EADDRINUSE EINVAL'],
    ],
    [
      'the other side of a connection has closed',
      `signal('SIGPIPE', 'ignore'); const l = listen(1), c = connect(1), s = l.accept(); s.close(); print(c.read(), code(() => c.write('x')));`,
      ['null EPIPE'],
    ],
    [
      'poll names who is readable',
      `const [r1] = pipe(), [r2, w2] = pipe(); w2.write('x'); print(poll([r1, r2]).length, poll([r1, r2])[0] === r2, poll([r1], us(5)).length);`,
      ['1 true 0'],
    ],
    [
      'shared memory has bounds, and one length',
      `const s = new SharedMemory('s', 4); print(s.add(3, 5), s.get(3), s.compareExchange(3, 5, 6), code(() => s.get(4)), code(() => new SharedMemory('s', 5)));`,
      ['0 5 true RangeError EINVAL'],
    ],
  ]);
});

describe('memory and fibers', () => {
  keeps([
    [
      'a block is aligned, zero, and its own',
      `const a = malloc(20), b = malloc(20); print(a % 16, peek(a), Math.abs(b - a) >= 20, code(() => peek(a + 4)), code(() => malloc(2 ** 40))); free(a); free(0);`,
      ['0 0 true EINVAL ENOMEM'],
    ],
    [
      'protection',
      `const a = mmap(4096); poke(a, 7); mprotect(a, 'read'); print(peek(a), new Process(() => poke(a, 8)).wait().signal); munmap(a); print(new Process(() => { peek(a); }).wait().signal);`,
      ['7 SIGSEGV', 'SIGSEGV'],
    ],
    [
      'a fiber stops inside a native callback too',
      `const f = new Fiber(() => { [1, 2].forEach((x) => Fiber.yield(x)); return 3; }); print(f.resume().value, f.resume().value, f.resume().value);`,
      ['1 2 3'],
    ],
    [
      'fibers inside fibers',
      `const a = new Fiber(() => { const b = new Fiber(() => { Fiber.yield(1); return 2; }); Fiber.yield(b.resume().value); return b.resume().value; }); print(a.resume().value, a.resume().value);`,
      ['1 2'],
    ],
  ]);

  test('the killer says whom it chose and why', () => {
    expect(
      linesOf(
        `const p = new Process(() => { const a = malloc(8 << 20); for (let i = 0; i < 2048; i++) poke(a + 4096 * i, 1); }, { name: 'hog' }); print(p.wait().signal);`,
        { memory: 1 << 20 },
      ),
    ).toEqual([
      'Out of memory: killed process 2 (hog): the machine ran out of memory and hog used most of it (1048576 bytes)',
      'SIGKILL',
    ]);
  });
});
