import { describe, expect, test } from 'vitest';
import { linesOf, runProgram } from './run.ts';

describe('a handler of SIGSEGV', () => {
  test('runs on the stack of the thread that faulted, and is told the address', () => {
    expect(
      linesOf(`signal('SIGSEGV', (name, address) => { print(name, address, currentThread().name); exit(1); });
        const t = new Thread(() => { poke(64, 1); }, { name: 'wild' }); t.join();`),
    ).toEqual(['SIGSEGV 64 wild']);
  });

  test('that makes the page accessible lets the access succeed when it returns', () => {
    expect(
      linesOf(`const page = mmap(4096, { protection: 'read' });
        signal('SIGSEGV', () => { print('fault'); mprotect(page, 'read-write'); });
        poke(page, 7); poke(page + 8, 8); print(peek(page), peek(page + 8));`),
    ).toEqual(['fault', '7 8']);
  });

  test('that changes nothing runs once: the access faults again and the process ends', () => {
    const report = runProgram(`signal('SIGSEGV', () => print('handler')); poke(0, 1); print('never');`);
    expect(report.stdout.map(({ text }) => text)).toEqual(['handler']);
    expect(report.processes[0]?.exit).toEqual({ code: null, signal: 'SIGSEGV' });
    expect(report.error?.message).toMatch(/segmentation fault at 0x0.*again after, or in, the handler/);
  });

  test('that throws leaves the access undone: the error comes out of it, and the next fault is handled as well', () => {
    expect(
      linesOf(`signal('SIGSEGV', () => { throw new Error('jump'); });
        for (let i = 0; i < 2; i++) try { peek(8); } catch (e) { print((e as Error).message); }`),
    ).toEqual(['jump', 'jump']);
  });

  test('that faults itself, or is held back, or ignored, does not save the process', () => {
    for (const way of [
      `signal('SIGSEGV', () => { peek(0); });`,
      `signal('SIGSEGV', () => print('never')); blockSignals('SIGSEGV');`,
      `signal('SIGSEGV', 'ignore');`,
    ])
      expect(linesOf(`const p = new Process(() => { ${way} peek(0); }); print(p.wait().signal);`)).toEqual([
        'SIGSEGV',
      ]);
  });

  test('is the process’s own: a child inherits it, and a fault of the child leaves the parent alone', () => {
    expect(
      linesOf(`signal('SIGSEGV', () => { print('in', getpid()); exit(4); });
        const p = new Process(() => { poke(0, 1); }); print(p.wait().code, 'in parent', getpid());`),
    ).toEqual(['in 2', '4 in parent 1']);
  });

  test('survives a fork after it has run: the child’s copy of the history has it too', () => {
    expect(
      linesOf(`let faults = 0; const page = mmap(4096, { protection: 'none' });
        signal('SIGSEGV', () => { faults++; mprotect(page, 'read-write'); });
        poke(page, 5);
        if (fork() === 0) { print('child', faults, peek(page)); exit(); }
        waitpid(); print('parent', faults, peek(page));`),
    ).toEqual(['child 1 5', 'parent 1 5']);
  });
});

test('a handler of SIGABRT runs when the heap is misused, and the process ends all the same', () => {
  expect(
    linesOf(`const p = new Process(() => {
        signal('SIGABRT', () => print('aborting')); const a = malloc(16); free(a); free(a); print('never');
      }); print(p.wait().signal);`),
  ).toEqual(['aborting', 'SIGABRT']);
});

test.each([
  ['a thrown text', "const f = () => {\n  throw 'boom';\n};\nf();", 3],
  ['a thrown number, caught and thrown again', 'try {\n  throw 5;\n} catch (e) {\n  throw e;\n}', 5],
  ['a store to a constant', 'const a = 1;\nconst f = () => { a++; };\nf();', 3],
])('what nobody catches names its line: %s', (_, source, line) => {
  expect(runProgram(source).error?.line).toBe(line);
});
