/** The explorer: executions a second, of compiled programs and of the bare search, and time to the verdict. */
import { Exploration } from '../../src/engine/explorer/exploration.ts';
import { compile, type ExplorationReport, explore } from '../../src/engine/index.ts';
import * as models from '../../tests/conformance/explorer/programs.ts';
import { ToyExecution, type ToyProgram } from '../../tests/conformance/explorer/toy.ts';
import { programs } from '../explorer/programs.ts';
import { seconds, type Table } from '../table.ts';

/** The tables of this benchmark. */
export default async function explorer(): Promise<readonly Table[]> {
  return [compiled(), bare()];
}

/** Executions a second of the least that re-execution can be: two generators of `steps` steps, run in turn and thrown away. */
function bareLoop(steps: number): number {
  const runs = 100_000;
  function* thread(): Generator<number, void, void> {
    for (let i = 0; i < steps; i++) yield i;
  }
  let sum = 0;
  const time = seconds(() => {
    for (let run = 0; run < runs; run++) {
      const a = thread();
      const b = thread();
      for (let i = 0; i < steps; i++) sum += (a.next().value ?? 0) + (b.next().value ?? 0);
    }
  }, 3);
  if (sum <= 0) throw new Error('the loop was optimised away');
  return runs / time;
}

function exploreWhole(source: string, strategy: 'dpor' | 'all'): ExplorationReport {
  const search = explore(compile(source), { strategy, max: 200_000 });
  while (!search.advance(10_000));
  return search.result();
}

function compiled(): Table {
  const rows: (string | number)[][] = [];
  const bare = bareLoop(8);
  for (const { name, source, strategy } of programs) {
    let report!: ExplorationReport;
    const time = seconds(() => {
      report = exploreWhole(source, strategy);
    }, 3);
    const rate = report.executions / time;
    rows.push([name, strategy, report.executions, time * 1000, rate / 1e3, rate / bare]);
  }
  return {
    title: 'Explorer: compiled programs',
    note: 'Whole searches, compilation included. The baseline re-executes two bare generators of 8 steps each, with no search and no program.',
    columns: [
      'program',
      'strategy',
      'executions',
      'ms to the verdict',
      'thousand executions/s',
      'against the bare loop',
    ],
    rows,
  };
}

function searchWhole(program: ToyProgram): number {
  const exploration = new Exploration(new ToyExecution(program), {
    strategy: 'dpor',
    max: 1e6,
    seed: 1,
    steps: 10_000,
  });
  while (!exploration.advance(10_000));
  return exploration.executions;
}

function bare(): Table {
  const loop = bareLoop(8);
  const rows = Object.entries({
    'increments, 2 threads x 5': models.increments(2, 5),
    'atomic increments, 4 threads x 3': models.atomicIncrements(4, 3),
    'locked increments, 6 threads': models.lockedIncrements(6),
    'last zero, 10 writers': models.lastzero(10),
    'philosophers, 5': models.philosophers(5, false),
  }).map(([name, program]) => {
    let executions = 0;
    const time = seconds(() => {
      executions = searchWhole(program);
    }, 3);
    return [name, executions, time * 1000, executions / time / 1e3, executions / time / loop];
  });
  return {
    title: 'Explorer: the search by itself',
    note: 'The same search over a model with next to no cost of its own: what reduction, vector clocks and race detection cost.',
    columns: ['program', 'executions', 'ms to the verdict', 'thousand executions/s', 'against the bare loop'],
    rows,
  };
}
