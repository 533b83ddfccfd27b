import { describe, expect, test } from 'vitest';
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
    takeWithParser: async () => {
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
    const report = { status: 'exited' } as Parameters<typeof describePosition>[0]['report'];
    expect(describePosition({ choices: [], report })).toContain('ended well');
    expect(describePosition({ choices: [], report: { ...report, status: 'deadlock' } })).toContain(
      'deadlock',
    );
  });
});
