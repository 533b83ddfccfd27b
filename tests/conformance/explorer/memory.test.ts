import { expect, test } from 'vitest';
import { AutomatonExecution } from '../../../src/engine/explorer/automaton/automaton-execution.ts';
import { Exploration, type Strategy } from '../../../src/engine/explorer/exploration.ts';
import { ProgramExecution } from '../../../src/engine/explorer/program-execution.ts';
import { compile } from '../../../src/engine/index.ts';
import { createLibrary } from '../../../src/engine/library/index.ts';

/** Objects, entries of tables and elements of lists that can be reached. */
function countHeld(root: object): number {
  const seen = new Set<unknown>([root]);
  let held = 0;
  const hold = (value: unknown) => {
    held++;
    if (typeof value === 'object' && value !== null) seen.add(value);
  };
  for (const object of seen) {
    if (object instanceof Map) for (const [key, value] of object) [key, value].forEach(hold);
    else if (object instanceof Set) for (const value of object) hold(value);
    else if (ArrayBuffer.isView(object)) held += object.byteLength / 4;
    else for (const value of Object.values(object as object)) hold(value);
  }
  return held;
}

const source = `import { print, Thread } from 'interleave';
let counter = 0;
const work = () => { for (let i = 0; i < 4; i++) counter++; };
const a = new Thread(work), b = new Thread(work);
a.join(); b.join();
print(counter);`;

/** The growth of what is held between 1,500 executions and 9,000 of them, the lives of the threads being known. */
function growth(strategy: Strategy): number {
  const real = new ProgramExecution(compile(source, { watched: true }), createLibrary(), { seed: 1 });
  const subject = new AutomatonExecution(real);
  const options = { strategy, max: 20_000, seed: 1, steps: 10_000 };
  new Exploration(subject, options).advance(20_000);
  const search = new Exploration(subject, options);
  search.advance(1_500);
  const before = countHeld(search);
  search.advance(7_500);
  expect(search.executions).toBeGreaterThan(3_000);
  return countHeld(search) / before;
}

test.each(['dpor', 'all', 'random', 'pct'] as const)(
  'a search by %s holds no more after many executions than after some',
  (strategy) => {
    expect(growth(strategy)).toBeLessThan(1.02);
  },
);
