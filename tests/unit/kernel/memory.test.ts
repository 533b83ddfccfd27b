import { describe, expect, test } from 'vitest';
import { linesOf, runProgram } from './run.ts';

describe('memory', () => {
  test('the same address in two processes is two words', () => {
    expect(
      linesOf(
        `const p = malloc(8); poke(p, 1); const c = new Process(() => { poke(p, 2); print(p, peek(p)); }); c.wait(); print(p, peek(p));`,
      ).map((line) => line.split(' ')[1]),
    ).toEqual(['2', '1']);
  });

  test.each([
    ['address 0', `poke(0, 1);`, 'SIGSEGV'],
    ['an unmapped address', `peek(0x70000000);`, 'SIGSEGV'],
    ['a write to text', `const f = () => 1; poke(addressOf(f), 0);`, 'SIGSEGV'],
    [
      'a write to a read-only mapping',
      `const m = mmap(4096, { protection: 'read' }); poke(m, 1);`,
      'SIGSEGV',
    ],
    ['a mapping after munmap', `const m = mmap(4096); munmap(m); peek(m);`, 'SIGSEGV'],
    ['freeing twice', `const p = malloc(8); free(p); free(p);`, 'SIGABRT'],
    ['freeing a stranger', `free(4096 * 77);`, 'SIGABRT'],
  ])('%s ends the process with a signal that is explained', (_what, body, name) => {
    const report = runProgram(body);
    expect(report.processes[0]?.exit).toEqual({ code: null, signal: name });
    expect(report.error?.message).toContain(name);
  });

  test('freed memory is used again', () => {
    expect(linesOf(`const p = malloc(32); free(p); print(malloc(32) === p, malloc(32) === p);`)).toEqual([
      'true false',
    ]);
  });

  test('pages get frames when they are touched, and copies when they are written after a fork', () => {
    const faults = (body: string) => runProgram(body).metrics.pageFaults;
    const touch = `const a = malloc(40960); for (let i = 0; i < 10; i++) poke(a + 4096 * i, 1);`;
    const before = faults(touch);
    expect(before).toBeGreaterThanOrEqual(10);
    const after = faults(
      `${touch} const c = new Process(() => { for (let i = 0; i < 10; i++) poke(a + 4096 * i, 2); }); c.wait();`,
    );
    expect(after - before).toBeGreaterThanOrEqual(10);
  });

  test('a shared mapping is seen by children, a private one is not', () => {
    expect(
      linesOf(
        `const s = mmap(4096, { shared: true }), p = mmap(4096); const c = new Process(() => { poke(s, 5); poke(p, 5); }); c.wait(); print(peek(s), peek(p));`,
      ),
    ).toEqual(['5 0']);
  });

  test('when the machine runs out, the largest process is killed and the reason given', () => {
    const report = runProgram(
      `const p = new Process(() => { const a = malloc(8 << 20); for (let i = 0; i < 2048; i++) poke(a + 4096 * i, 1); }, { name: 'hog' }); print(p.wait().signal);`,
      { memory: 4 << 20 },
    );
    expect(report.stdout.map(({ text }) => text)).toEqual([
      expect.stringMatching(/hog.*ran out of memory/),
      'SIGKILL',
    ]);
  });

  test('a process past its memory limit is killed, with the limit named, and no other', () => {
    const { stdout, processes } = runProgram(`const p = new Process(() => {
        const a = malloc(1 << 20); for (let i = 0; i < 256; i++) poke(a + 4096 * i, 1); print('never');
      }, { name: 'greedy', memoryLimit: 1 << 18 }); print(p.wait().signal);`);
    expect(stdout.map(({ text }) => text)).toEqual([
      expect.stringMatching(/killed process 2 .greedy.*memory limit of 262144 bytes/),
      'SIGKILL',
    ]);
    expect(processes[0]?.exit).toEqual({ code: 0, signal: null });
  });

  test('after a fork each page is copied once, by whoever writes it first, and counted', () => {
    const faults = (pages: number) =>
      runProgram(`const a = malloc(16 * 4096); for (let i = 0; i < 16; i++) poke(a + 4096 * i, 1);
        const p = new Process(() => { for (let twice = 0; twice < 2; twice++) for (let i = 0; i < ${pages}; i++) poke(a + 4096 * i + 8, 2); });
        p.wait();`).metrics.pageFaults;
    expect(faults(10) - faults(3)).toBe(7);
    expect(faults(16) - faults(15)).toBe(1);
  });

  test('below every stack lies a guard page that nobody may touch', () => {
    const report =
      runProgram(`const t = new Thread(() => { let local = 1; const at = addressOf(local); local++;
        for (let a = at - (at % 4096); ; a -= 4096) { peek(a); print('in the stack'); } }); t.join();`);
    expect(report.processes[0]?.exit?.signal).toBe('SIGSEGV');
    expect(report.error?.message).toMatch(/guard page/);
    expect(report.stdout.length).toBe(16);
  });

  test('a cold line costs more than a warm one', () => {
    const [cold, warm] = linesOf(`const p = malloc(64); poke(p, 1); const big = malloc(1 << 20);
      for (let i = 0; i < 1 << 20; i += 64) peek(big + i);
      const a = now(); peek(p); const b = now(); peek(p); print(b - a); print(now() - b);`).map(Number);
    expect(cold).toBeGreaterThan(warm as number);
  });

  test('peak memory is reported for each process', () => {
    const [first, second] = runProgram(
      `const c = new Process(() => { const a = malloc(1 << 20); for (let i = 0; i < 256; i++) poke(a + 4096 * i, 1); }); c.wait();`,
    ).processes;
    expect((second?.peakMemory ?? 0) - (first?.peakMemory ?? 0)).toBeGreaterThan(900_000);
  });
});
