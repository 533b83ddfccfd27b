import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const sim = fileURLToPath(new URL('../../../src/cli/sim.ts', import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sim-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(source: string, name = 'program.ts'): string {
  const path = join(folder, name);
  writeFileSync(path, source);
  return path;
}

function terminal(...words: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [sim, ...words], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

const race = `import { Thread, assert, print } from 'interleave';
let counter = 0;
const work = () => { counter++; };
const a = new Thread(work), b = new Thread(work);
a.join(); b.join();
print(counter);
assert(counter === 2, 'an update was lost');
`;

describe('sim run', () => {
  test('prints what the program prints and exits with 0', () => {
    const { status, stdout, stderr } = terminal(
      'run',
      file(`import { print } from 'interleave';\nprint('hello', 1 + 1);\n`),
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: 'hello 2\n', stderr: '' });
  });

  test('--json prints one object of the documented shape', () => {
    const { status, stdout } = terminal('run', file(race), '--json', '--cores', '1', '--seed', '5');
    const report = JSON.parse(stdout);
    expect(status).toBe(0);
    expect(Object.keys(report)).toEqual(
      expect.arrayContaining([
        'status',
        'stdout',
        'time',
        'processes',
        'threads',
        'timeline',
        'races',
        'metrics',
      ]),
    );
    expect(report.stdout[0]).toMatchObject({ pid: 1, tid: 1, text: '2' });
    expect(report.threads).toHaveLength(3);
  });

  test('the same seed prints the same, to the byte', () => {
    const path = file(race);
    expect(terminal('run', path, '--json', '--seed', '9')).toEqual(
      terminal('run', path, '--json', '--seed', '9'),
    );
  });

  test('an uncaught error names the line of the source and exits with 1', () => {
    const { status, stderr } = terminal('run', file(`const x: number = 1;\n\nthrow new Error('no eggs');\n`));
    expect(status).toBe(1);
    expect(stderr).toMatch(/program\.ts:3:\d+: .*no eggs/);
  });

  test('an error in a function shows the functions that called it', () => {
    const { stderr } = terminal(
      'run',
      file(`const inner = (o: any) => o.x.y;\nfunction outer() { inner({}); }\nouter();\n`),
    );
    expect(stderr.split('\n').slice(1, 4)).toEqual([
      '    at inner (program.ts:1:31)',
      '    at outer (program.ts:2:20)',
      '    at program.ts:3:1',
    ]);
  });

  test('an error that ends a child is told, and is the child’s own affair', () => {
    const path = file(`import { fork, print } from 'interleave';
if (fork() === 0) throw new Error('no eggs');
print('parent');
`);
    const { status, stdout, stderr } = terminal('run', path);
    expect({ status, stdout, stderr }).toEqual({
      status: 0,
      stdout: 'parent\n',
      stderr: `${path}:2:25: process 2: Error: no eggs\n`,
    });
  });

  test.each([
    ['let x: number = ;\n', 1, 17],
    ['interface A { x: number }\nconst y = (1 + ;\n', 2, 16],
    [`import { nope } from 'interleave';\nnope();\n`, 1, 10],
  ])('source that does not parse: message, line, column and caret, exit 2', (source, line, column) => {
    const path = file(source);
    const { status, stdout, stderr } = terminal('run', path);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(`${path}:${line}:${column}: `);
    expect(stderr.split('\n').at(-2)).toBe(`  ${' '.repeat(column - 1)}^`);
    const json = terminal('run', path, '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({ status: 'compile-error', error: { line, column } });
  });

  test.each([
    [['run', 'no-such-file.ts'], /Cannot read no-such-file\.ts/],
    [['run'], /Say which file/],
    [['juggle', 'x.ts'], /no command 'juggle'/],
    [['run', 'x.ts', '--cores', '0'], /--cores takes a whole number, at least 1/],
  ])('%j is refused with exit 2', (words, message) => {
    const { status, stderr } = terminal(...words);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });

  test('an endless loop ends at its limit with what was printed, and where the loop is', () => {
    const { status, stdout, stderr } = terminal(
      'run',
      file(`console.log('begun');\nwhile (true) {}\n`),
      '--limit',
      '1ms',
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: 'begun\n' });
    expect(stderr).toMatch(/program\.ts:2:1: .*limit/);
  });

  test('a slice set on the command line wins over the policy of the program', () => {
    const path = file(`import { Thread, compute, machine, print } from 'interleave';
machine({ cores: 1, costs: 'free', policy: { name: 'rr', quantum: 5 } });
for (const name of 'ab') new Thread(() => { for (let i = 0; i < 3; i++) { compute(5); print(name); } });
`);
    const order = (...words: string[]) => terminal('run', path, ...words).stdout.replaceAll('\n', '');
    expect([order(), order('--quantum', '15'), order('--policy', 'fifo')]).toEqual([
      'ababab',
      'aaabbb',
      'aaabbb',
    ]);
  });
});

describe('sim explore and replay', () => {
  test('a failing schedule is found, replays to the same failure, and both exit with 1', () => {
    const path = file(race);
    const { status, stdout } = terminal('explore', path, '--json');
    expect(status).toBe(1);
    const { complete, outcomes, failures } = JSON.parse(stdout);
    expect(complete).toBe(true);
    expect(outcomes.map((outcome: { stdout: string[] }) => outcome.stdout[0]).sort()).toEqual(['1', '2']);
    expect(failures).toMatchObject([{ kind: 'assertion', preemptions: 1 }]);
    const again = terminal('replay', path, '--schedule', failures[0].schedule);
    expect(again).toMatchObject({ status: 1, stdout: '1\n' });
    expect(again.stderr).toContain('an update was lost');
  });

  test('a program that no schedule breaks exits with 0 and says so', () => {
    const { status, stdout } = terminal(
      'explore',
      file(race.replace('counter++', 'void counter').replace('=== 2', '=== 0')),
    );
    expect(status).toBe(0);
    expect(stdout).toContain('No schedule fails.');
  });

  test.each(['', 'nonsense', '9.0.ab'])("'%s' is no schedule: exit 2", (schedule) => {
    const { status, stderr } = terminal('replay', file(race), `--schedule=${schedule}`);
    expect(status).toBe(2);
    expect(stderr.length).toBeGreaterThan(20);
  });

  test('a schedule of another program is refused, not followed', () => {
    const { status, stderr } = terminal('replay', file(race), '--schedule', '1.0.azzzz');
    expect(status).toBe(2);
    expect(stderr).toContain('does not fit this program');
  });
});

test('sim trace writes a file that Perfetto opens', () => {
  const out = join(folder, 'trace.json');
  expect(terminal('trace', file(race), '--out', out).status).toBe(0);
  const { traceEvents } = JSON.parse(readFileSync(out, 'utf8'));
  expect(traceEvents.some((event: { ph: string; dur: number }) => event.ph === 'X' && event.dur > 0)).toBe(
    true,
  );
});
