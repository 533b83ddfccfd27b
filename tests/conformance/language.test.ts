import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile } from '../../src/engine/language/index.ts';
import { explore } from '../../src/engine/session.ts';
import { run } from './bare-machine.ts';
import { everyIdiom, generate } from './language/generate.ts';
import { runSnippet } from './run-snippet.ts';

const SEEDS = 80;
const sources = [everyIdiom(1), ...Array.from({ length: SEEDS }, (_, i) => generate(i + 1))];

let folder = '';
/** What Node prints for each program: all of them in one process, because starting one takes longer than a program. */
let expected: string[][] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'language-'));
  const file = join(folder, 'programs.json');
  writeFileSync(file, JSON.stringify(sources));
  const native = fileURLToPath(new URL('language/native.ts', import.meta.url));
  const options = ['--no-warnings', '--stack-trace-limit=0', native, file];
  const { stdout } = await promisify(execFile)(process.execPath, options, { maxBuffer: 1 << 28 });
  expected = JSON.parse(stdout) as string[][];
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

describe('a random program over the whole language', () => {
  test.each(sources.map((_, i) => i))(
    'prints what Node prints (number %i, the first being all idioms)',
    { timeout: 60_000 },
    (number) => {
      const { lines, error } = runSnippet(sources[number] as string);
      expect(error).toBeUndefined();
      expect(lines).toEqual(expected[number]);
      // It came to its end and not to a syntax error that both agree on.
      expect(lines.at(-1)).toMatch(/^end /);
    },
  );

  test.each([0, 1, 2, 3, 4, 5])('means the same to the explorer and to a debugger (number %i)', (number) => {
    const source = sources[number] as string;
    expect(run(compile(source, { locals: true })).lines).toEqual(expected[number]);
    const search = explore(compile(source), { strategy: 'random', max: 1, seed: 1 });
    while (!search.advance(1));
    expect(search.result().outcomes.map(({ stdout }) => stdout)).toEqual([expected[number]]);
  });
});
