import { describe, expect, test } from 'vitest';
import { anyFailure, goalsOf, goalWords, isReached } from '../../../src/components/snippet/goals.ts';
import { untouched } from '../../../src/components/snippet/model.ts';
import { BuiltProgram } from '../../../src/components/snippet/program.ts';
import type { Pool } from '../../../src/components/snippet/sandbox/pool.ts';
import { describePosition, SchedulerGame } from '../../../src/components/snippet/scheduler-game.ts';
import { Store } from '../../../src/components/snippet/store.ts';
import { compile, play } from '../../../src/engine/index.ts';

const source = `import { Thread, assert } from 'interleave';
let counter = 0;
const ann = new Thread(() => { counter++; });
const ben = new Thread(() => { counter++; });
ann.join();
ben.join();
assert(counter === 2, 'an update was lost');`;

function begin() {
  const program = compile(source, { name: 'a.ts' });
  const workers = { taken: 0, ended: 0 };
  const pool = {
    take: () => {
      workers.taken++;
      return {
        service: {
          play: async (_: unknown, steps: number[]) => ({
            refused: null,
            map: program,
            position: play(program, steps),
          }),
        },
        died: new Promise(() => {}),
        end: () => workers.ended++,
      };
    },
  } as unknown as Pool;
  const store = new Store(untouched(source, {}));
  return { game: new SchedulerGame(pool, new BuiltProgram('a', null), store), store, workers };
}

describe('the reader as the scheduler', () => {
  test('is asked only where there is a choice', async () => {
    const { game, store } = begin();
    await game.begin();
    expect(store.get().game?.choices.map(({ operation, line }) => [operation, line])).toEqual([
      ['load counter', 3],
      ['load counter', 4],
    ]);
    expect(store.get().status).toBe('Your turn: 2 threads can go on. Which one?');
  });

  test('can make an update be lost, and the schedule is there to be shared', async () => {
    const { game, store, workers } = begin();
    await game.begin();
    const pick = (index: number) => game.choose(store.get().game?.choices[index]?.process ?? -1);
    await pick(0);
    await pick(1);
    const schedule = await pick(0);
    expect(store.get().status).toBe('You made it fail: an update was lost');
    expect(schedule).toMatch(/^1\./);
    expect(workers.taken).toBe(1);
    game.leave();
    expect([workers.ended, store.get().game]).toEqual([1, null]);
  });

  test('can take every decision back', async () => {
    const { game, store } = begin();
    await game.begin();
    const first = store.get().game;
    await game.choose(first?.choices[0]?.process ?? -1);
    expect(store.get().game?.history).toHaveLength(1);
    await game.undo();
    expect(store.get().game).toEqual(first);
  });

  test('hears that it ended well, too', () => {
    const report = { status: 'exited', stdout: [] } as unknown as Parameters<
      typeof describePosition
    >[0]['report'];
    expect(describePosition({ choices: [], report }, anyFailure)).toBe(
      'It ended well and printed nothing. The goal was: make it fail, whatever the way. Undo and let them go in another order.',
    );
    const deadlock = { ...report, status: 'deadlock' } as const;
    expect(describePosition({ choices: [], report: deadlock }, { kind: 'deadlock' })).toBe(
      'You made it deadlock.',
    );
  });
});

describe('goals', () => {
  const line = (text: string) => ({ time: 0, pid: 1, tid: 1, text });
  const found = {
    outcomes: [
      { stdout: ['2'], status: 'exited', executions: 3, schedule: 'a' },
      { stdout: ['1'], status: 'exited', executions: 1, schedule: 'b' },
      { stdout: [], status: 'deadlock', executions: 1, schedule: 'c' },
    ],
    failures: [{ kind: 'assertion', message: 'lost' }],
  } as unknown as Parameters<typeof goalsOf>[0];

  test('are two for every program, and what the explorer has found', () => {
    expect(goalsOf(null).map(goalWords)).toEqual(['make it fail, whatever the way', 'make it deadlock']);
    expect(goalsOf(found).map(goalWords).slice(2)).toEqual([
      'make it fail: lost',
      'make it print 2',
      'make it print 1',
    ]);
  });

  test('are reached by that very end and no other', () => {
    const ended = { status: 'exited', stdout: [line('1')] } as const;
    const failed = { ...ended, error: { message: 'lost', line: 1, column: 1 } };
    const stuck = { status: 'deadlock', stdout: [] } as const;
    const reached = goalsOf(found).map((goal) => [ended, failed, stuck].map((end) => isReached(goal, end)));
    expect(reached).toEqual([
      [false, true, true],
      [false, false, true],
      [false, true, false],
      [false, false, false],
      [true, false, false],
    ]);
  });
});
