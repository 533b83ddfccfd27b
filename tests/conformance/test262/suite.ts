/** Reading a test262 checkout: which language tests count here, and what each one asks of its runner. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One test of the suite, as its front matter describes it. */
export interface SuiteTest {
  /** Path below the checkout, with forward slashes. */
  readonly path: string;
  readonly source: string;
  /** Harness files the test needs, in order. */
  readonly includes: readonly string[];
  /** The test reports through `$DONE`. */
  readonly async: boolean;
  /** The test passes when this error appears in this phase. */
  readonly negative: { readonly phase: string; readonly type: string } | null;
}

/** Why a test is not counted. The words appear in the runner's table. */
export type Exclusion = 'noStrict' | 'raw' | 'module' | 'eval' | 'with';

const EXCLUDED_FOLDERS: readonly (readonly [string, Exclusion])[] = [
  ['test/language/eval-code/', 'eval'],
  ['test/language/module-code/', 'module'],
  ['test/language/import/', 'module'],
  ['test/language/export/', 'module'],
  ['test/language/expressions/dynamic-import/', 'module'],
  ['test/language/expressions/import.meta/', 'module'],
  ['test/language/statements/with/', 'with'],
];

/** Code that calls `eval`, by its name or by way of `(0, eval)`, `eval?.` or a variable. */
const EVALUATES = /\beval\s*\(|\(\s*\w+\s*,\s*eval\s*\)|\beval\?\.\(|=\s*eval\b/;

/** Paths of every test below `test/language`, sorted. */
export function listTests(checkout: string): string[] {
  return readdirSync(join(checkout, 'test/language'), { recursive: true, encoding: 'utf8' })
    .map((name) => `test/language/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.js') && !name.includes('_FIXTURE'))
    .sort();
}

/** Read one test, or the reason why it does not count. */
export function readTest(checkout: string, path: string): SuiteTest | Exclusion {
  const folder = EXCLUDED_FOLDERS.find(([prefix]) => path.startsWith(prefix));
  if (folder) return folder[1];
  const source = readFileSync(join(checkout, path), 'utf8');
  const meta = /\/\*---([\s\S]*?)---\*\//.exec(source)?.[1] ?? '';
  const flags = list(meta, 'flags');
  for (const flag of ['noStrict', 'raw', 'module'] as const) if (flags.includes(flag)) return flag;
  if (EVALUATES.test(source.replace(meta, ''))) return 'eval';
  const negative = /^negative:\s*\n((?:[ \t]+.*\n?)*)/m.exec(meta)?.[1];
  return {
    path,
    source,
    includes: list(meta, 'includes'),
    async: flags.includes('async'),
    negative: negative ? { phase: field(negative, 'phase'), type: field(negative, 'type') } : null,
  };
}

/** A list of the front matter, written inline (`flags: [a, b]`) or one to a line. */
function list(meta: string, key: string): string[] {
  const inline = new RegExp(`^${key}:\\s*\\[([^\\]]*)\\]`, 'm').exec(meta)?.[1];
  if (inline !== undefined)
    return inline
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean);
  const block = new RegExp(`^${key}:[ \\t]*\\n((?:[ \\t]+-.*\\n?)*)`, 'm').exec(meta)?.[1] ?? '';
  return block
    .split('\n')
    .map((line) => line.replace(/^\s*-\s*/, '').trim())
    .filter(Boolean);
}

function field(block: string, key: string): string {
  return new RegExp(`${key}:\\s*(\\S+)`).exec(block)?.[1] ?? '';
}

/**
 * The text that runs: the suite's harness and the test as one module. A test that must not parse stands alone.
 * `print` is how the suite reports; `$DONE` has to be found on the global object by `asyncTest`.
 */
export function assemble(checkout: string, test: SuiteTest, print: string): string {
  if (test.negative?.phase === 'parse') return test.source;
  const files = ['assert.js', 'sta.js', ...(test.async ? ['doneprintHandle.js'] : []), ...test.includes];
  const harness = [...new Set(files)].map((file) => harnessFile(checkout, file));
  const done = test.async ? 'globalThis.$DONE = $DONE;\n' : '';
  return `${print}\n${harness.join('\n')}\n${done}${test.source}`;
}

/** Finding the global object without making code from text. */
const REPLACED: Readonly<Record<string, string>> = {
  'fnGlobalObject.js': 'function fnGlobalObject() { return globalThis; }',
};

const harnessFiles = new Map<string, string>();

function harnessFile(checkout: string, file: string): string {
  const path = join(checkout, 'harness', file);
  const text = harnessFiles.get(path) ?? REPLACED[file] ?? readFileSync(path, 'utf8');
  harnessFiles.set(path, text);
  return text;
}
