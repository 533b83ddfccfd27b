import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile, explore, replay } from '../../../src/engine/index.ts';

function programNamed(name: string) {
  const file = new URL(`../programs/${name}.ts`, import.meta.url);
  return compile(readFileSync(file, 'utf8'), { name: `${name}.ts` });
}

function exploreProgram(name: string, options: Parameters<typeof explore>[1] = {}) {
  const run = explore(programNamed(name), options);
  while (!run.advance(10_000)) {}
  return run.result();
}

/** Executions, and schedules in all, of the compiled programs: the same as of the bare models. */
const counts: Record<string, readonly [executions: number, interleavings: string]> = {
  'lost-update': [328, '924'],
  'lost-update-fixed': [6, '6'],
  readers: [8, '24'],
  lastzero: [12, '920'],
  'store-buffering': [3, '6'],
  'message-passing': [3, '6'],
  'load-buffering': [3, '6'],
  iriw: [15, '180'],
  peterson: [28, '4818'],
  philosophers: [7, '168'],
  'philosophers-ordered': [6, '142'],
  'bounded-buffer': [32, '32'],
  account: [6, '6'],
  deadlock: [3, '6'],
  reorder: [56, '172'],
};

describe('compiled programs have the published counts', () => {
  for (const [name, [executions, interleavings]] of Object.entries(counts))
    test(name, () => {
      const report = exploreProgram(name);
      expect(report).toMatchObject({ executions, interleavings, complete: true });
    });
});

describe('outcomes are found whole', () => {
  const outcomes: Record<string, readonly string[]> = {
    'lost-update': ['2', '3', '4', '5', '6'],
    'store-buffering': ['0 1', '1 0', '1 1'],
    'message-passing': ['0 0', '0 1', '1 1'],
    'load-buffering': ['0 0', '0 1', '1 0'],
    'timed-wait': ['gave up', 'served'],
  };
  for (const [name, expected] of Object.entries(outcomes))
    test(name, () => {
      const found = exploreProgram(name).outcomes.map(({ stdout }) => stdout.join('\n'));
      expect(found.sort()).toEqual(expected);
    });
});

describe('planted bugs are found, with the fewest preemptions', () => {
  const bugs: Record<string, readonly [kind: string, message: RegExp, preemptions: number]> = {
    account: ['assertion', /the balance is wrong/, 0],
    bluetooth: ['assertion', /stopped driver/, 1],
    'bounded-buffer-if': ['assertion', /empty buffer/, 1],
    deadlock: ['deadlock', /a waits for n, held by b, b waits for m, held by a/, 1],
    philosophers: ['deadlock', /a waits for fork 1, held by b.*c waits for fork 0, held by a/, 1],
    'lost-signal': ['deadlock', /waits for a signal/, 0],
    reorder: ['assertion', /half of an update/, 1],
    stringbuffer: ['assertion', /more characters/, 2],
    'two-stage': ['assertion', /first stage only/, 1],
    'wrong-lock': ['assertion', /somebody else/, 1],
  };
  for (const [name, [kind, message, preemptions]] of Object.entries(bugs))
    test(name, () => {
      const { failures } = exploreProgram(name);
      expect(failures).toHaveLength(1);
      expect(failures[0]).toMatchObject({ kind, preemptions });
      expect(failures[0]?.message).toMatch(message);
    });
});

describe('their fixed twins are proved', () => {
  for (const name of [
    'account-fixed',
    'bounded-buffer',
    'bounded-buffer-while',
    'deadlock-fixed',
    'lost-update-fixed',
    'peterson',
    'philosophers-ordered',
    'wrong-lock-fixed',
  ])
    test(name, () => {
      expect(exploreProgram(name)).toMatchObject({ complete: true, failures: [] });
    });
});

describe('a schedule replays', () => {
  for (const name of [
    'lost-update',
    'deadlock',
    'reorder',
    'bounded-buffer-if',
    'store-buffering',
    'two-stage',
  ])
    test(name, () => {
      const program = programNamed(name);
      const { outcomes, failures } = exploreProgram(name);
      for (const { stdout, schedule } of outcomes) {
        const run = replay(program, schedule);
        run.advance(Number.POSITIVE_INFINITY);
        expect(run.report().stdout.map(({ text }) => text)).toEqual(stdout);
      }
      for (const { kind, message, schedule } of failures) {
        const run = replay(program, schedule);
        run.advance(Number.POSITIVE_INFINITY);
        const report = run.report();
        expect(report.error?.message).toBe(message);
        expect(report.status).toBe(kind === 'deadlock' ? 'deadlock' : 'exited');
      }
    });
});

describe('data races', () => {
  test('are found where nothing orders two accesses', () => {
    const { races } = exploreProgram('lost-update');
    expect(races.map(({ variable }) => variable)).toEqual(['counter', 'counter']);
  });
  test('are none under a lock', () => {
    expect(exploreProgram('lost-update-fixed').races).toEqual([]);
  });
  test('fail the program only on request', () => {
    expect(exploreProgram('lost-update').failures).toEqual([]);
    expect(exploreProgram('lost-update', { races: true }).failures[0]?.message).toMatch(
      /Data race on counter/,
    );
  });
});

describe('total store order', () => {
  const outcomes: Record<string, readonly string[]> = {
    'store-buffering': ['0 0', '0 1', '1 0', '1 1'],
    'message-passing': ['0 0', '0 1', '1 1'],
    'load-buffering': ['0 0', '0 1', '1 0'],
  };
  for (const [name, expected] of Object.entries(outcomes))
    test(`${name} has its outcomes and no others`, () => {
      const found = exploreProgram(name, { memoryModel: 'tso' }).outcomes.map(({ stdout }) =>
        stdout.join('\n'),
      );
      expect(found.sort()).toEqual(expected);
    });

  test('readers of two writers agree on the order, as under sequential consistency', () => {
    const found = exploreProgram('iriw', { memoryModel: 'tso' }).outcomes;
    expect(found).toHaveLength(15);
    expect(found.map(({ stdout }) => stdout[0])).not.toContain('1 0 1 0');
  });

  test("Peterson's lock breaks, and the schedule replays", () => {
    const { failures } = exploreProgram('peterson', { memoryModel: 'tso' });
    expect(failures).toMatchObject([{ kind: 'assertion', message: 'both are inside' }]);
    const schedule = failures[0]?.schedule as string;
    expect(schedule).toMatch(/^1t\./);
    const run = replay(programNamed('peterson'), schedule);
    run.advance(Number.POSITIVE_INFINITY);
    expect(run.report().error?.message).toBe('both are inside');
  });

  test('locks are fences: nothing changes under them', () => {
    expect(exploreProgram('lost-update-fixed', { memoryModel: 'tso' })).toMatchObject({
      executions: 6,
      failures: [],
    });
    expect(exploreProgram('bounded-buffer', { memoryModel: 'tso' })).toMatchObject({
      executions: 32,
      failures: [],
    });
  });
});

describe('threads that spin', () => {
  for (const name of ['peterson-spin', 'dekker-spin', 'spin-flag', 'spin-lock'])
    test(`${name} is proved: a round that looks at nothing new is no step`, () => {
      expect(exploreProgram(name)).toMatchObject({ complete: true, failures: [] });
    });

  for (const name of ['peterson-spin', 'dekker-spin'])
    test(`${name} breaks under total store order`, () => {
      const { complete, failures } = exploreProgram(name, { memoryModel: 'tso' });
      expect(complete).toBe(true);
      expect(failures).toMatchObject([{ kind: 'assertion', message: 'both are inside', preemptions: 1 }]);
    });

  test('for ever are a livelock', () => {
    expect(exploreProgram('spin-forever').failures).toMatchObject([{ kind: 'livelock' }]);
  });
});
