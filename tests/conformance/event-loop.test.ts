import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generate } from './event-loop/generate.ts';
import { runSnippet } from './run-snippet.ts';

const PROGRAMS = 100;
/** Milliseconds between timers in Node. A loaded machine can be late; then the program is given more room. */
const UNITS = [12, 60, 240, 500];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'event-loop-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The lines that Node prints for a program. */
function runInNode(seed: number, unit: number): Promise<string[]> {
  const file = join(folder, `${seed}-${unit}.ts`);
  writeFileSync(file, generate(seed, unit));
  return new Promise((resolve) => {
    execFile(process.execPath, ['--no-warnings', file], (_error, stdout) =>
      resolve(stdout.trimEnd().split('\n')),
    );
  });
}

describe('a generated program of timers, promises, async functions and microtasks', () => {
  test.concurrent.each(Array.from({ length: PROGRAMS }, (_, i) => i + 1))(
    'prints what Node prints (seed %i)',
    {
      timeout: 60_000,
    },
    async (seed) => {
      const lines = runSnippet(generate(seed, UNITS[0] as number)).lines;
      expect(lines.length).toBeGreaterThan(10);
      let expected: string[] = [];
      for (const unit of UNITS) {
        expected = await runInNode(seed, unit);
        if (expected.join() === lines.join()) break;
      }
      expect(lines).toEqual(expected);
    },
  );
});
