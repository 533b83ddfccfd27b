import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type ParserOptions, parse } from '@babel/parser';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { slimParser, slimParserText } from '../../../src/components/snippet/build/slim-parser.ts';

const SNIPPETS = fileURLToPath(new URL('../../../src/content/snippets/', import.meta.url));
const OPTIONS: ParserOptions = {
  sourceType: 'module',
  plugins: ['typescript', 'decorators', 'decoratorAutoAccessors'],
};
const folder = mkdtempSync(join(tmpdir(), 'slim-parser-'));
let slim: typeof parse;

beforeAll(async () => {
  const outfile = join(folder, 'parser.mjs');
  const contents = `export { parse } from '@babel/parser';`;
  await build({
    stdin: { contents, resolveDir: SNIPPETS },
    bundle: true,
    format: 'esm',
    minify: true,
    outfile,
    plugins: [slimParser],
  });
  slim = ((await import(/* @vite-ignore */ pathToFileURL(outfile).href)) as { parse: typeof parse }).parse;
});

afterAll(() => rmSync(folder, { recursive: true }));

/** The tree as text, or the error. */
function outcome(parser: typeof parse, source: string): string {
  try {
    return JSON.stringify(parser(source, OPTIONS).program);
  } catch (error) {
    const { message, loc } = error as Error & { loc: object };
    return JSON.stringify({ message, loc });
  }
}

describe('the parser without its other languages', () => {
  test('reads every snippet as the whole parser does', () => {
    const names = readdirSync(SNIPPETS).filter((name) => name.endsWith('.ts'));
    expect(names.length).toBeGreaterThan(100);
    for (const name of names) {
      const source = readFileSync(join(SNIPPETS, name), 'utf8');
      expect(outcome(slim, source), name).toBe(outcome(parse, source));
    }
  });

  test.each([
    '@dec class A<T> { @a.b() accessor #x: T = 1; @c m() {} static { await1; } }',
    'const f = async <T,>(x: T): Promise<T> => x!; enum E { A = 1 } namespace N { export const a = <any>f; }',
    'using a = b(); label: for (const x of y) continue label; type F = typeof import("x"); abstract class Q { abstract m(): void }',
    'const x = <div>no</div>;',
    'let a = 1\nlet a = 2;',
    'class A { m(@dec x) {} }',
    'function f( { return 1 }',
  ])('reads or refuses %j as the whole parser does', (source) => {
    expect(outcome(slim, source)).toBe(outcome(parse, source));
  });

  test('makes the compiler that a page loads smaller than 80 KB', async () => {
    const { outputFiles } = await build({
      entryPoints: [join(SNIPPETS, '../../engine/language/compiler/compile.ts')],
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
      plugins: [slimParser],
    });
    expect(gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length).toBeLessThan(80_000);
  });

  test('is not made from a text that does not look as expected', () => {
    expect(() => slimParserText('const mixinPlugins = { flow };')).toThrow(/parser has changed/);
  });
});
