/**
 * Everything that has to hold before a change lands: format, lint, types; unit, conformance and lesson tests; the
 * built book; the browser tests. Finds or installs a browser first. Ends with one line that counts the tests.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findBrowser } from '../tests/browser/find-browser.ts';

function run(command: string, ...args: string[]): boolean {
  console.log(`\n> ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit' }).status === 0;
}

function ensureBrowser(): void {
  if (findBrowser()) return;
  console.log(
    'No browser found: neither INTERLEAVE_CHROMIUM, nor one that Playwright downloaded, nor one on the PATH.',
  );
  if (run('npx', 'playwright', 'install', 'chromium') && findBrowser()) return;
  const asRoot = process.getuid?.() === 0;
  if (run('sh', '-c', 'command -v apt-get') && asRoot) {
    run('apt-get', 'update');
    run('apt-get', 'install', '-y', '--no-install-recommends', 'chromium');
  }
  if (findBrowser()) return;
  console.error(
    'The browser tests need Chromium and it could not be installed. Install it (Debian: apt-get install chromium) ' +
      'or set INTERLEAVE_CHROMIUM to the path of a Chromium or Chrome.',
  );
  process.exit(1);
}

interface Counts {
  passed: number;
  failed: number;
}

function vitestCounts(): Counts {
  const { numPassedTests, numTotalTests } = JSON.parse(readFileSync('test-results/unit.json', 'utf8'));
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests };
}

function playwrightCounts(): Counts {
  const { expected, unexpected, flaky, skipped } = JSON.parse(
    readFileSync('test-results/browser.json', 'utf8'),
  ).stats;
  return { passed: expected, failed: unexpected + flaky + skipped };
}

rmSync('test-results', { recursive: true, force: true });
mkdirSync('test-results', { recursive: true });
ensureBrowser();

const steps: [name: string, passes: () => boolean][] = [
  ['check', () => run('npm', 'run', 'check')],
  [
    'unit',
    () =>
      run(
        'vitest',
        'run',
        '--reporter=default',
        '--reporter=json',
        '--outputFile.json=test-results/unit.json',
      ),
  ],
  ['build', () => run('npm', 'run', 'build')],
  ['browser', () => run('playwright', 'test')],
];
const broken = steps.filter(([, passes]) => !passes()).map(([name]) => name);

const counts: Counts = { passed: 0, failed: 0 };
for (const count of [vitestCounts, playwrightCounts]) {
  try {
    const { passed, failed } = count();
    counts.passed += passed;
    counts.failed += failed;
  } catch {
    // The step ended before it wrote a result; it is already among the broken ones.
  }
}
if (broken.length > 0) console.error(`\nBroken: ${broken.join(', ')}`);
console.log(`\n${counts.passed} passed, ${Math.max(counts.failed, broken.length)} failed`);
process.exit(broken.length === 0 && counts.failed === 0 && counts.passed > 0 ? 0 : 1);
