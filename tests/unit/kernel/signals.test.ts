import { describe, expect, test } from 'vitest';
import { linesOf, runProgram } from './run.ts';

/** Machines on which signals come at different moments of a call: at once, while it waits for other cores' clocks, in the middle of a switch. */
const MACHINES = [1, 2, 3, 64].flatMap((cores) =>
  (['modern', 'p6-1995', 'free'] as const).map((costs) => ({ cores, costs, quantum: 300 })),
);

describe('a handler', () => {
  test.each(MACHINES)('runs for every signal that is answered, whatever its thread does (%o)', (machine) => {
    expect(
      linesOf(
        `let seen = 0; const me = getpid(), [r, w] = pipe(); signal('SIGUSR2', () => { seen++; w.write('x'); });
        const child = new Process(() => { for (let k = 0; k < 20; k++) { io(1); sleep(97 * k); kill(me, 'SIGUSR2'); r.read(); } });
        child.wait(); print(seen);
        if (fork() === 0) { print('child', seen); exit(); } waitpid();`,
        machine,
      ),
    ).toEqual(['20', 'child 20']);
  });

  test('is not lost where the signal comes when its thread has asked to wait, and the other cores are still behind', () => {
    const { status, stdout } = runProgram(
      `let result = 0; const seen = new Atomic(0); const answers = pipe(); signal('SIGUSR2', () => { seen.add(1); answers[1].write('x'); }); const parent = getpid();
      const child = new Process(() => { let work = 0; for (let k = 0; k < 4; k++) { io(1, 'disk'); sleep(200); kill(parent, 'SIGUSR2'); answers[0].read(); } });
      child.wait(); for (let k = 0; k < 3; k++) sleep(10); result = seen.load();
      print(0, result);`,
      { cores: 64, policy: 'fair', quantum: 300, seed: 0, costs: 'p6-1995' },
    );
    expect([status, stdout[0]?.text]).toEqual(['exited', '0 4']);
  });

  test('interrupts a compute, which then goes on for the rest of its time', () => {
    expect(
      linesOf(
        `signal('SIGALRM', () => print('alarm', now())); alarm(us(3)); compute(us(10)); print('computed', now());
        if (fork() === 0) exit(7); print(waitpid().code);`,
        { cores: 1, costs: 'free' },
      ),
    ).toEqual(['alarm 3000', 'computed 10000', '7']);
  });

  test('of SIGPIPE runs before the write throws, at once and after the write had waited', () => {
    expect(
      linesOf(`signal('SIGPIPE', () => print('handler', currentThread().name));
        const write = (w: { write(text: string): void }) => { try { w.write('more'); } catch (e) { print((e as { code: string }).code); } };
        const [r, w] = pipe<string>(); r.close(); write(w);
        const [r2, w2] = pipe<string>(4); w2.write('full');
        const t = new Thread(() => write(w2), { name: 'writer' }); sleep(us(50)); r2.close(); t.join();
        if (fork() === 0) { print('child'); exit(); } waitpid();`),
    ).toEqual(['handler main', 'EPIPE', 'handler writer', 'EPIPE', 'child']);
  });
});

test('SIGPIPE that is held back leaves the error alone, and comes when it is let through', () => {
  expect(
    linesOf(`const [r, w] = pipe<string>(); r.close();
      const p = new Process(() => { blockSignals('SIGPIPE'); try { w.write('x'); } catch (e) { print((e as { code: string }).code); }
        unblockSignals('SIGPIPE'); print('never'); }); print(p.wait().signal);`),
  ).toEqual(['EPIPE', 'SIGPIPE']);
});

test('a signal to oneself costs what was measured: 0.9 us there, through the handler and back, 14 us on the machine of 1995', () => {
  const price = `const me = getpid(); signal('SIGUSR1', () => {}); kill(me, 'SIGUSR1');
    const start = now(); for (let i = 0; i < 10; i++) kill(me, 'SIGUSR1'); print((now() - start) / 10);`;
  const [modern, old] = ['modern', 'p6-1995'].map((costs) => Number(linesOf(price, { cores: 1, costs })[0]));
  expect(modern).toBeCloseTo(900, -2);
  expect(old).toBeCloseTo(14_000, -3);
});

test.each([
  ['getpid()', 1],
  ["kill(getpid(), 'SIGUSR1')", 3], // getpid, kill, and the way back from the handler
  ["signal('SIGUSR2', 'ignore')", 1],
  ["blockSignals('SIGUSR2')", 1],
  ['alarm(0)', 1],
  ['mmap(4096)', 1],
  ['pipe()', 1],
  ["new MessageQueue('q')", 1],
  ['yieldThread()', 1],
  ['now()', 0],
  ['new Mutex().lock()', 0],
  ['malloc(64)', 0],
])('%s enters the kernel %i times', (call, times) => {
  const crossings = (body: string) =>
    runProgram(`signal('SIGUSR1', () => {}); ${body}`, { cores: 1 }).metrics.syscalls;
  expect(crossings(`${call};`) - crossings('')).toBe(times);
});
