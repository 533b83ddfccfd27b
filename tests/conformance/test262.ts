/**
 * Conformance with the language's own suite: of the language tests that this Node passes natively as strict
 * modules, how many pass as snippets?
 *
 *   node tests/conformance/test262.ts CHECKOUT [--filter TEXT] [--failures FILE] [--jobs N]
 *
 * CHECKOUT is a clone of tc39/test262. The list of native passes is kept in the system's temporary folder, by
 * Node version. Exit code 0 when at least 99 % pass.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { runAll, type Verdict } from './test262/pool.ts';
import { listTests, readTest } from './test262/suite.ts';

const REQUIRED = 0.99;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    filter: { type: 'string', default: '' },
    failures: { type: 'string' },
    jobs: { type: 'string', default: String(availableParallelism()) },
  },
});
const checkout = positionals[0] && resolve(positionals[0]);
if (!checkout || !existsSync(join(checkout, 'harness/assert.js'))) {
  console.error(
    'usage: node tests/conformance/test262.ts CHECKOUT   (a clone of https://github.com/tc39/test262)',
  );
  process.exit(2);
}

const passes = await nativePasses(checkout);
const chosen = passes.filter((path) => path.includes(values.filter));
const verdicts = await run('snippet', checkout, chosen);
const failures = verdicts.filter(({ failure }) => failure !== null);
printTable(verdicts);
if (values.failures)
  writeFileSync(values.failures, failures.map(({ path, failure }) => `${path}\t${failure}\n`).join(''));
const share = 1 - failures.length / Math.max(1, chosen.length);
console.log(`${chosen.length - failures.length} of ${chosen.length} pass: ${(share * 100).toFixed(2)} %`);
process.exit(share >= REQUIRED ? 0 : 1);

/** The tests that count and that this Node passes by itself. */
async function nativePasses(suite: string): Promise<string[]> {
  const cache = join(tmpdir(), `interleave-test262-${process.version}.json`);
  const all = listTests(suite);
  if (existsSync(cache)) {
    const kept = JSON.parse(readFileSync(cache, 'utf8')) as { suite: string; all: number; passes: string[] };
    if (kept.suite === suite && kept.all === all.length) return kept.passes;
  }
  const reasons = new Map<string, number>();
  const counted = all.filter((path) => {
    const test = readTest(suite, path);
    if (typeof test === 'string') reasons.set(test, (reasons.get(test) ?? 0) + 1);
    return typeof test !== 'string';
  });
  const found = await run('native', suite, counted);
  if (process.env.SHOW) for (const f of found) if (f.failure) console.log(f.path, f.failure);
  const passed = found.filter(({ failure }) => failure === null).map(({ path }) => path);
  console.log(`${all.length} language tests; not counted:`, Object.fromEntries(reasons));
  console.log(`${counted.length} counted, ${passed.length} pass natively`);
  writeFileSync(cache, JSON.stringify({ suite, all: all.length, passes: passed }));
  return passed;
}

async function run(mode: 'native' | 'snippet', suite: string, paths: readonly string[]): Promise<Verdict[]> {
  const tasks = paths.map((path) => ({ mode, checkout: suite, path }));
  const found: Verdict[] = [];
  await runAll(tasks, Number(values.jobs), (verdict) => {
    found.push(verdict);
    if (process.stderr.isTTY && found.length % 100 === 0)
      process.stderr.write(`\r${mode} ${found.length}/${paths.length}`);
  });
  if (process.stderr.isTTY) process.stderr.write('\n');
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Passes by folder: `statements/class` and the like. */
function printTable(all: readonly Verdict[]): void {
  const folders = new Map<string, { passed: number; total: number }>();
  for (const { path, failure } of all) {
    const folder = path.split('/').slice(2, -1).slice(0, 2).join('/');
    const row = folders.get(folder) ?? { passed: 0, total: 0 };
    row.total++;
    if (failure === null) row.passed++;
    folders.set(folder, row);
  }
  console.table(Object.fromEntries(folders));
}
