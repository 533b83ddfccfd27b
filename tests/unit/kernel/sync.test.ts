import { describe, expect, test } from 'vitest';
import { linesOf, PAPER, runProgram } from './run.ts';

describe('mutex', () => {
  test('protects a counter on two cores and on one', () => {
    const body = `let n = 0; const m = new Mutex(); const work = () => { for (let i = 0; i < 300; i++) m.withLock(() => { n++; }); };
      const ts = [1, 2, 3].map(() => new Thread(work)); for (const t of ts) t.join(); print(n);`;
    expect(linesOf(body)).toEqual(['900']);
    expect(linesOf(body, { cores: 1, quantum: 500 })).toEqual(['900']);
  });

  test('is given back when the body of withLock throws, and at the end of a using block', () => {
    expect(
      linesOf(`const m = new Mutex();
        try { m.withLock(() => { throw new Error('x'); }); } catch {}
        { using _ = m.hold(); }
        print(m.tryLock());`),
    ).toEqual(['true']);
  });

  test.each([
    [
      'unlocking what another holds',
      `const m = new Mutex('m'); new Thread(() => m.lock()).join(); m.unlock();`,
      'EPERM',
    ],
    ['locking twice', `const m = new Mutex('m'); m.lock(); m.lock();`, 'EDEADLK'],
    ['destroying a held lock', `const m = new Mutex('m'); m.lock(); m.destroy();`, 'EBUSY'],
    ['using a destroyed lock', `const m = new Mutex('m'); m.destroy(); m.lock();`, 'EINVAL'],
    ['waiting without the lock', `const m = new Mutex('m'); new Condition(m).wait();`, 'EPERM'],
    ['a write unlock by a reader', `const l = new RWLock(); l.readLock(); l.writeUnlock();`, 'EPERM'],
    ['sending into a closed channel', `const c = new Channel(1); c.close(); c.send(1);`, 'EPIPE'],
  ])('%s is an explained error', (_what, body, code) => {
    expect(runProgram(body).error?.message).toContain(code);
  });

  test('a deadlock is found at once and its cycle named', () => {
    const report = runProgram(`const a = new Mutex('a'), b = new Mutex('b');
      const x = new Thread(() => { a.lock(); sleep(us(20)); b.lock(); }, { name: 'x' });
      new Thread(() => { b.lock(); sleep(us(20)); a.lock(); }, { name: 'y' }); x.join();`);
    expect(report.status).toBe('deadlock');
    expect(report.error?.message).toContain('x waits for b, held by y');
    expect(report.error?.message).toContain('y waits for a, held by x');
  });

  test('locks taken in both orders give a warning even when nothing went wrong', () => {
    const report = runProgram(`const a = new Mutex('a'), b = new Mutex('b');
      a.withLock(() => b.withLock(() => {})); b.withLock(() => a.withLock(() => {}));`);
    expect(report.status).toBe('exited');
    expect(report.warnings?.[0]).toContain('Lock order');
  });

  test('priority inheritance lets the holder run before a thread of middle priority', () => {
    const body = (inherit: boolean) => `currentThread().priority = 99;
      const m = new Mutex({ priorityInheritance: ${inherit} });
      new Thread(() => { m.lock(); compute(10); m.unlock(); }, { priority: 1 });
      new Thread(() => { m.lock(); print('high', now()); m.unlock(); }, { priority: 9, arrival: 2 });
      new Thread(() => { compute(100); }, { priority: 5, arrival: 3 });`;
    expect(linesOf(body(true), { ...PAPER, policy: 'priority' })).toEqual(['high 10']);
    expect(linesOf(body(false), { ...PAPER, policy: 'priority' })).toEqual(['high 110']);
  });
});

describe('other synchronisation', () => {
  test('a semaphore lets as many in as it has permits', () => {
    expect(
      linesOf(
        `const s = new Semaphore(2); let inside = 0, most = 0;
        const ts = [1, 2, 3, 4, 5].map(() => new Thread(() => { s.acquire(); inside++; most = Math.max(most, inside); compute(us(1)); inside--; s.release(); }));
        for (const t of ts) t.join(); print(most, s.tryAcquire(), s.tryAcquire(), s.tryAcquire());`,
        { cores: 4, costs: 'free' },
      ),
    ).toEqual(['2 true true false']);
  });

  test('a signal wakes one waiter, a broadcast all, a signal to nobody is lost', () => {
    expect(
      linesOf(`const m = new Mutex(), c = new Condition(m); let go = 0;
        m.withLock(() => c.signal());
        const ts = [1, 2, 3].map((i) => new Thread(() => { m.lock(); while (go < 1) c.wait(); go--; print('go', i); m.unlock(); }));
        sleep(us(50)); m.withLock(() => { go = 1; c.signal(); }); sleep(us(50)); print('then');
        m.withLock(() => { go = 2; c.broadcast(); }); for (const t of ts) t.join();`),
    ).toEqual(['go 1', 'then', 'go 2', 'go 3']);
  });

  test('who signals need not hold the lock', () => {
    const body = `let ready = false; const m = new Mutex(), c = new Condition(m);
      const t = new Thread(() => { m.lock(); while (!ready) c.wait(); print('woken'); m.unlock(); });
      sleep(us(10)); m.lock(); ready = true; m.unlock(); c.signal(); t.join();`;
    expect(linesOf(body)).toEqual(['woken']);
    expect(linesOf(body, { cores: 1 })).toEqual(['woken']);
    expect(runProgram(body).warnings).toEqual([
      expect.stringMatching(
        /^Signal without the lock: main does signal on condition \d+ and does not hold mutex \d+\. /,
      ),
    ]);
    expect(runProgram(body.replace('m.unlock(); c.signal();', 'c.signal(); m.unlock();')).warnings).toBe(
      undefined,
    );
  });

  test('a wait with a timeout gives false when the time is up', () => {
    expect(
      linesOf(
        `const m = new Mutex(), c = new Condition(m); m.lock(); const t = now(); print(c.wait(us(5)), now() - t >= us(5));`,
      ),
    ).toEqual(['false true']);
  });

  test('waits end without a signal where the machine says so', () => {
    const body = `const m = new Mutex(), c = new Condition(m); let spurious = 0;
      m.lock(); for (let i = 0; i < 40; i++) { const t = now(); if (c.wait(us(50)) && now() - t < us(50)) spurious++; } print(spurious > 0);`;
    expect(linesOf(`machine({ spuriousWakeups: true }); ${body}`)).toEqual(['true']);
    expect(linesOf(body)).toEqual(['false']);
  });

  test('readers read together, a writer is alone', () => {
    expect(
      linesOf(
        `const l = new RWLock(); const start = now();
        const rs = [1, 2, 3].map(() => new Thread(() => { l.readLock(); compute(us(10)); l.readUnlock(); }));
        const w = new Thread(() => { l.writeLock(); compute(us(10)); l.writeUnlock(); }, { arrival: us(1) });
        for (const t of [...rs, w]) t.join(); print(now() - start);`,
        { cores: 4, costs: 'free' },
      ),
    ).toEqual(['20000']);
  });

  test('a barrier lets all go when the last has come, and tells one of them', () => {
    expect(
      linesOf(`const b = new Barrier(3); const last = [1, 2, 3].map(() => new Thread(() => [b.wait(), b.wait()]));
        print(last.map((t) => t.join()).flat().filter(Boolean).length);`),
    ).toEqual(['2']);
  });

  test('atomics lose nothing', () => {
    expect(
      linesOf(`const a = new Atomic(0); const ts = [1, 2].map(() => new Thread(() => { for (let i = 0; i < 200; i++) a.add(1); }));
        for (const t of ts) t.join(); print(a.load(), a.sub(1), a.exchange(7), a.compareExchange(7, 8), a.compareExchange(7, 9), a.load());`),
    ).toEqual(['400 400 399 true false 8']);
  });

  test('a channel keeps order, blocks when full, and ends when closed', () => {
    expect(
      linesOf(`const c = new Channel<number>(2); new Thread(() => { for (let i = 0; i < 5; i++) c.send(i); c.close(); });
        const got: number[] = []; for (const v of c) got.push(v); print(got.join(), c.receive());`),
    ).toEqual(['0,1,2,3,4 null']);
  });
});

describe('race detection', () => {
  test('goes as far as 256 threads of a process; a run with more says that it did not look further', () => {
    const run = (threads: number) =>
      runProgram(`let n = 0; const all = [];
        for (let i = 0; i < ${threads}; i++) all.push(new Thread(() => { n++; }));
        for (const t of all) t.join();`);
    expect(run(20).warnings).toBeUndefined();
    const { races, warnings } = run(300);
    expect(races.length).toBeGreaterThan(0);
    expect(warnings).toEqual([expect.stringMatching(/first 256 threads of main .pid 1. only.*it had 301/)]);
  });

  test('names the variable and both accesses of an unordered pair', () => {
    const { races } = runProgram(`let racy = 0;
const work = () => { racy++; };
const a = new Thread(work), b = new Thread(work); a.join(); b.join();`);
    expect(races[0]).toMatchObject({
      variable: 'racy',
      first: { line: 3, write: true },
      second: { line: 3 },
    });
    expect(races[0]?.first.tid).not.toBe(races[0]?.second.tid);
  });

  test('finds nothing in what lies behind the end of an array', () => {
    const { races } = runProgram(`const list = new Int32Array(4), other = new Int32Array(4);
      const reader = new Thread(() => { for (let i = 0; i <= 12; i++) list[i]; }), writer = new Thread(() => { other[0] = 5; });
      reader.join(); writer.join();`);
    expect(races).toEqual([]);
  });

  test.each([
    ['a mutex', `const m = new Mutex(); const work = () => m.withLock(() => { x++; });`],
    ['a semaphore', `const s = new Semaphore(1); const work = () => { s.acquire(); x++; s.release(); };`],
    ['join', `new Thread(() => { x++; }).join(); const work = () => x;`],
  ])('finds nothing where %s orders the accesses', (_what, body) => {
    const { races } = runProgram(
      `let x = 0; ${body} const a = new Thread(work), b = new Thread(work); a.join(); b.join();`,
    );
    expect(races).toEqual([]);
  });

  test('finds nothing where an atomic flag publishes the value', () => {
    const { races } = runProgram(`let x = 0; const ready = new Atomic(false);
      new Thread(() => { x = 42; ready.store(true); }); while (!ready.load()) {} print(x);`);
    expect(races).toEqual([]);
  });
});
