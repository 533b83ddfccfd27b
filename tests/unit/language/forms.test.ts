import { transform } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { PROGRAMS } from './programs.ts';
import { runAll } from './stepping-host.ts';

/** What the program prints natively, its types removed. */
async function native(source: string): Promise<string[]> {
  const { code } = await transform(source, {
    loader: 'ts',
    target: 'esnext',
    supported: { using: false },
    tsconfigRaw: { compilerOptions: { useDefineForClassFields: true } },
  });
  const lines: string[] = [];
  const body = `return (async () => { 'use strict'; ${code} })()`;
  await new Function('print', body)((...values: unknown[]) => lines.push(values.map(String).join(' ')));
  await new Promise((resolve) => setTimeout(resolve, 20));
  return lines;
}

const withImport = (source: string) => `import { print } from 'interleave'; ${source}`;

describe.each(Object.entries(PROGRAMS))('%s', (_name, source) => {
  test('prints what it prints natively, however often it is suspended', async () => {
    const expected = await native(source);
    expect(expected.length).toBeGreaterThan(0);
    const code = withImport(source);
    expect(runAll(code, 1_000_000).host.lines).toEqual(expected);
    expect(runAll(code, 1).host.lines).toEqual(expected);
    expect(runAll(code, 1_000_000, true).host.lines).toEqual(expected);
  });
});
