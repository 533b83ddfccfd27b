import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile, explore } from '../../../src/engine/index.ts';

/** The published bug programs once more, as somebody else would write them: with classes, closures, arrays of threads, helpers, `using`, `async`. */
function explored(name: string) {
  const file = new URL(`../programs/${name}.ts`, import.meta.url);
  const search = explore(compile(readFileSync(file, 'utf8')));
  while (!search.advance(10_000));
  return search.result();
}

describe('planted bugs are found, with the fewest preemptions', () => {
  test.each([
    ['account-class', 6, 'assertion', /balance is -1/, 0],
    ['arithmetic', 58, 'assertion', /total is 6/, 0],
    ['bluetooth-class', 10, 'assertion', /after it was stopped/, 1],
    ['deadlock-nested', 3, 'deadlock', /up waits for .*, held by down, down waits for .*, held by up/, 1],
    ['dining-counter', 16, 'assertion', /./, 0],
    ['missing-slot', 3, 'deadlock', /thread 2 waits for a signal/, 0],
    ['reorder-object', 56, 'assertion', /half an update/, 1],
    ['string-buffer-class', 6, 'assertion', /out of bounds/, 2],
    ['two-stage-class', 40, 'assertion', /saw the gap/, 1],
    ['wrong-lock-async', 360, 'assertion', /somebody else wrote/, 1],
  ])('%s', (name, executions, kind, message, preemptions) => {
    const report = explored(name);
    expect(report).toMatchObject({ complete: true, executions });
    expect(report.failures).toMatchObject([{ kind, preemptions }]);
    expect(report.failures[0]?.message).toMatch(message);
  });

  test('file-system: nothing has to happen before it fails', () => {
    const file = new URL('../programs/file-system.ts', import.meta.url);
    const search = explore(compile(readFileSync(file, 'utf8')), { max: 2 });
    search.advance(2);
    search.stop();
    const [failure] = search.result().failures;
    expect(failure).toMatchObject({ kind: 'assertion', preemptions: 0, steps: [] });
  });
});

describe('their fixed twins are proved', () => {
  test.each([
    ['account-class-fixed', 6],
    ['arithmetic-fixed', 58],
    ['bluetooth-class-fixed', 9],
    ['deadlock-nested-fixed', 2],
    ['dining-counter-fixed', 16],
    ['file-system-fixed', 16],
    ['missing-slot-fixed', 2],
    ['reorder-object-fixed', 6],
    ['string-buffer-class-fixed', 3],
    ['two-stage-class-fixed', 8],
    ['wrong-lock-async-fixed', 24],
  ])('%s', (name, executions) => {
    expect(explored(name)).toMatchObject({ complete: true, executions, failures: [] });
  });
});
