import { describe, expect, test } from 'vitest';
import { linesOf, PAPER, runProgram } from './run.ts';

describe('threads', () => {
  test('two threads on two cores lose updates of a plain counter, the same ones every time', () => {
    const body = `let counter = 0; const work = () => { for (let i = 0; i < 1000; i++) counter++; };
      const a = new Thread(work), b = new Thread(work); a.join(); b.join(); print(counter);`;
    const [first] = linesOf(body);
    expect(Number(first)).toBeGreaterThanOrEqual(2);
    expect(Number(first)).toBeLessThan(2000);
    expect(linesOf(body)).toEqual([first]);
    expect(new Set([1, 2, 3, 4].map((seed) => linesOf(body, { seed })[0])).size).toBeGreaterThan(1);
  });

  test('join gives what the body returned', () => {
    expect(linesOf(`print(new Thread(() => 6 * 7).join());`)).toEqual(['42']);
  });

  test('a process ends when its main thread and every thread that is not detached have ended', () => {
    const body = (detach: string) =>
      `const t = new Thread(() => { sleep(us(50)); print('late'); });${detach} print('main');`;
    expect(linesOf(body(''))).toEqual(['main', 'late']);
    expect(linesOf(body(' t.detach();'))).toEqual(['main']);
  });

  test('an uncaught error in any thread ends the process with code 1', () => {
    const report = runProgram(
      `new Thread(() => { throw new Error('boom'); }); sleep(ms(1)); print('never');`,
    );
    expect(report.stdout).toEqual([]);
    expect(report.processes[0]?.exit).toEqual({ code: 1, signal: null });
    expect(report.error?.message).toContain('boom');
  });

  test.each([
    ['joining twice', `const t = new Thread(() => {}); t.join(); t.join();`, 'EINVAL'],
    ['joining oneself', `currentThread().join();`, 'EDEADLK'],
    ['joining a detached thread', `const t = new Thread(() => {}); t.detach(); t.join();`, 'EINVAL'],
    ['a negative duration', `sleep(-1);`, 'EINVAL'],
    ['a body that is no function', `new Thread(undefined as never);`, 'EINVAL'],
  ])('%s is refused', (_what, body, code) => {
    expect(runProgram(body).error?.message).toContain(code);
  });

  test('a thread-local variable starts afresh in each thread', () => {
    expect(
      linesOf(`const v = new ThreadLocal(() => 1); v.set(5);
        print(new Thread(() => { v.set(v.get() + 1); return v.get(); }).join(), v.get());`),
    ).toEqual(['2 5']);
  });

  test('exitThread ends only the thread', () => {
    expect(linesOf(`new Thread(() => { exitThread(); print('never'); }).join(); print('on');`)).toEqual([
      'on',
    ]);
  });

  test('a thread bound to a core runs there and nowhere else', () => {
    const report = runProgram(`for (let i = 0; i < 3; i++) new Thread(() => compute(us(30)), { core: 2 });`, {
      cores: 4,
      costs: 'free',
    });
    const places = report.timeline.filter(({ tid }) => tid > 1).map(({ core }) => core);
    expect(new Set(places)).toEqual(new Set([2]));
  });

  test('arrival delays when a thread becomes ready', () => {
    const report = runProgram(`new Thread(() => compute(5), { arrival: 100 });`, PAPER);
    expect(report.threads[1]).toMatchObject({ created: 100, firstRun: 100, finished: 105 });
  });

  test('time is conserved: useful, overhead and idle add up to cores times time', () => {
    const report = runProgram(
      `const m = new Mutex(); const work = () => { for (let i = 0; i < 200; i++) m.withLock(() => {}); sleep(us(3)); };
       const ts = [1, 2, 3].map(() => new Thread(work)); for (const t of ts) t.join();`,
      { cores: 3 },
    );
    const { useful, overhead, idle } = report.metrics;
    expect(useful + overhead + idle).toBeCloseTo(3 * report.time, 3);
  });

  test('a loop with no end is preempted, and the run ends at its limit with what was printed', () => {
    const report = runProgram(
      `new Thread(() => { while (true) {} }); print('main goes on'); sleep(us(20)); print('still');`,
      {
        cores: 1,
        limits: { steps: 200_000 },
      },
    );
    expect(report.status).toBe('limit');
    expect(report.stdout.map(({ text }) => text)).toEqual(['main goes on', 'still']);
    expect(report.error?.message).toContain('limit');
  });

  test('too many threads and too many lines end the run with a message', () => {
    const crowd = runProgram(`while (true) new Thread(() => sleep(ms(1)));`, { limits: { threads: 50 } });
    expect(crowd.error?.message).toContain('50 threads');
    const flood = runProgram(`while (true) print('x');`, { limits: { lines: 10 } });
    expect(flood.stdout).toHaveLength(10);
    expect(flood.status).toBe('limit');
  });
});
