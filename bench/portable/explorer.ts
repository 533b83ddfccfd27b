/** The explorer: executions a second, of compiled programs and of the bare search, and time to the verdict. */
import { Exploration } from '../../src/engine/explorer/exploration.ts';
import { compile, type ExplorationReport, explore } from '../../src/engine/index.ts';
import * as models from '../../tests/conformance/explorer/programs.ts';
import { ToyExecution, type ToyProgram } from '../../tests/conformance/explorer/toy.ts';
import { programs } from '../explorer/programs.ts';
import { seconds, type Table } from '../table.ts';

/**
 * Executions a second of explorers that run compiled code, at their best: measured by others on one 2-core machine, on programs of 12 to 40 operations. Shuttle's exhaustive scheduler and Relacy run every schedule; Loom
 * runs one or more for each class of equivalent ones.
 */
const PUBLISHED = { shuttle: 0.4e6, relacy: 1.7e6, loom: 0.05e6 };

/** Seconds of searching after which the engine below has compiled what it will compile. */
const WARM = 0.4;

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
    const search = () => {
      report = exploreWhole(source, strategy);
    };
    const first = seconds(search, 1, false);
    const time = seconds(search, Math.max(3, Math.ceil(WARM / seconds(search, 1))));
    const rate = report.executions / time;
    const schedules = Number(report.interleavings);
    rows.push([
      name,
      strategy,
      report.executions,
      first * 1000,
      time * 1000,
      rate / 1e3,
      rate / bare,
      schedules,
      ...[
        schedules / PUBLISHED.shuttle,
        schedules / PUBLISHED.relacy,
        report.executions / PUBLISHED.loom,
      ].map((theirs) => theirs * 1000),
    ]);
  }
  return {
    title: 'Explorer: compiled programs',
    note: 'Whole searches, compilation included. The baseline re-executes two bare generators of 8 steps each, with no search and no program. The first time, the engine below has still to compile the search (and in the first row the compiler). The last three columns are computed, not measured: every schedule at the best published rates of Shuttle (0.4 million a second) and Relacy (1.7 million), one execution for each class at that of Loom (0.05 million). Those start compiled; their compilers are not counted.',
    columns: [
      'program',
      'strategy',
      'executions',
      'ms, the first time',
      'ms to the verdict',
      'thousand executions/s',
      'against the bare loop',
      'schedules in all',
      'ms at the rate of Shuttle',
      'ms at the rate of Relacy',
      'ms at the rate of Loom',
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
