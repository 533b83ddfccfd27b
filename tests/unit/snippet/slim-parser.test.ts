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
  attachComment: false,
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

  test('reads the language part of the engine, and each of its files cut off in the middle, as the whole parser does', () => {
    const folder = join(SNIPPETS, '../../engine/language');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    expect(names.length).toBeGreaterThan(70);
    for (const name of names) {
      const source = readFileSync(join(folder, name), 'utf8');
      for (const text of [source, source.slice(0, source.length / 2)])
        expect(outcome(slim, text), name).toBe(outcome(parse, text));
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
    'import defer * as a from "a"; import source b from "b"; import c, { type D } from "c" with { type: "json" };',
    'export default from "a"; export * as b from "b";',
    'a ||= b?.c?.[d]?.(e) ?? f ** g; async function* h() { for await (const i of j) yield* k; } new.target; 1n; /(?<l>.)/v',
    'class A { static async *#m() { return #x in this; } get a() { return 1 } set a(v) {} declare x: 1; override readonly y?: 2; [k: string]: 3 }',
    'type A<in out T extends unknown[]> = T extends [infer U, ...infer R] ? `${U & string}` : asserts this is string; declare module "x" { export = y }',
    'let x = y satisfies Z as const; function f(this: A, ...b: B[]): asserts b is C; function f() { await using q = r; }',
    'a |> b; ::c; d::e; %f(); export v from "w"; do { 1 }; throw 2, () => throw 3; #[1]; @@x',
    'with (a) b; 010; delete a; arguments = 1; let let = 1; yield = 2; await: 3; "\\8"',
  ])('reads or refuses %j as the whole parser does', (source) => {
    expect(outcome(slim, source)).toBe(outcome(parse, source));
  });

  test('makes the compiler that a page loads smaller than 80 KB, with room to grow', async () => {
    const { outputFiles } = await build({
      entryPoints: [join(SNIPPETS, '../../engine/language/compiler/compile.ts')],
      bundle: true,
      minify: true,
      format: 'esm',
      write: false,
      plugins: [slimParser],
    });
    expect(gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length).toBeLessThan(77_000);
  });

  test('is not made from a text that does not look as expected', () => {
    expect(() => slimParserText('const mixinPlugins = { flow };')).toThrow(/parser has changed/);
  });
});
