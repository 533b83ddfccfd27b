import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EventLog } from '../../../src/engine/explorer/event-log.ts';
import { AllFrontier } from '../../../src/engine/explorer/frontier/all.ts';
import { DporFrontier } from '../../../src/engine/explorer/frontier/dpor.ts';
import { countPreemptions, minimise } from '../../../src/engine/explorer/minimise.ts';
import type { Operation } from '../../../src/engine/explorer/model.ts';
import { Search } from '../../../src/engine/explorer/search.ts';
import { countInterleavings } from '../../../src/engine/explorer/trace-order.ts';
import {
  add,
  cas,
  check,
  load,
  lock,
  signal,
  store,
  ToyExecution,
  type ToyProgram,
  type ToyThread,
  tryLock,
  unlock,
  wait,
} from '../../conformance/explorer/toy.ts';

type Instruction = readonly [name: keyof typeof instructions, a: number, b: number];

const MUTEXES = 2;
const CONDITION = 4;

/** Two cells, two mutexes, one condition; what a thread does may depend on what it reads. */
const instructions = {
  *load(a: number, b: number): ToyThread {
    if ((yield load(a)) === b) yield store(a, 7);
  },
  *store(a: number, b: number): ToyThread {
    yield store(a, b);
  },
  *add(a: number): ToyThread {
    yield add(a);
  },
  *cas(a: number, b: number): ToyThread {
    if ((yield cas(a, b, b + 1)) === 1) yield load(a);
  },
  *critical(a: number, b: number): ToyThread {
    yield lock(MUTEXES + a);
    yield store(b, 1);
    yield unlock(MUTEXES + a);
  },
  *nested(a: number): ToyThread {
    yield lock(MUTEXES + a);
    yield lock(MUTEXES + 1 - a);
    yield unlock(MUTEXES + 1 - a);
    yield unlock(MUTEXES + a);
  },
  *attempt(a: number, b: number): ToyThread {
    if ((yield tryLock(MUTEXES + a)) === 0) return;
    yield store(b, 9);
    yield unlock(MUTEXES + a);
  },
  *wait(a: number): ToyThread {
    yield lock(MUTEXES + a);
    yield* wait(CONDITION, MUTEXES + a);
    yield unlock(MUTEXES + a);
  },
  *signal(): ToyThread {
    yield signal(CONDITION);
  },
  *assert(a: number, b: number): ToyThread {
    check((yield load(a)) !== b + 1);
  },
};

const instruction = fc.tuple(
  fc.constantFrom(...(Object.keys(instructions) as (keyof typeof instructions)[])),
  fc.nat(1),
  fc.nat(1),
);
const threads = fc.array(fc.array(instruction, { minLength: 1, maxLength: 2 }), {
  minLength: 2,
  maxLength: 3,
});

function programOf(bodies: readonly (readonly Instruction[])[]): ToyProgram {
  return {
    cells: [0, 0, 0, 0, 0],
    threads: bodies.map(
      (body) =>
        function* (): ToyThread {
          for (const [name, a, b] of body) yield* instructions[name](a, b);
        },
    ),
  };
}

/** The Mazurkiewicz trace of an execution: its events with their clocks, in an order of their own. */
function traceOf(log: EventLog): string {
  const events: string[] = [];
  for (let event = 0; event < log.length; event++) {
    const { kind, object } = log.operation[event] as Operation;
    const clock = log.clocks.subarray(event * log.stride, event * log.stride + 4).join();
    events.push(
      `${log.process[event]}.${log.sequence[event]} ${kind} ${object} ${log.wrote[event]} ${clock}`,
    );
  }
  return events.sort().join('|');
}

const MOST_SCHEDULES = 4_000;

test('every trace is run once, in as many schedules as counted, with as few preemptions as found', () => {
  fc.assert(
    fc.property(threads, (bodies) => {
      const program = programOf(bodies);
      const classes = new Map<string, { schedules: number; preemptions: number }>();
      const every = new Search(new ToyExecution(program), (log) => new AllFrontier(log));
      for (let run = 0; every.next() !== null; every.advance()) {
        if (++run > MOST_SCHEDULES) return fc.pre(false);
        const known = classes.get(traceOf(every.log));
        const preemptions = countPreemptions(every.log, every.execution);
        const fewest = Math.min(preemptions, known?.preemptions ?? preemptions);
        classes.set(traceOf(every.log), { schedules: (known?.schedules ?? 0) + 1, preemptions: fewest });
      }
      let reduced!: DporFrontier;
      const search = new Search(new ToyExecution(program), (log) => {
        reduced = new DporFrontier(log);
        return reduced;
      });
      for (; search.next() !== null; search.advance()) {
        const trace = traceOf(search.log);
        expect(classes.get(trace)).toEqual({
          schedules: Number(countInterleavings(search.log, 1e6)?.count),
          preemptions: minimise(search.log, search.execution)?.preemptions,
        });
        classes.delete(trace);
      }
      expect(classes.size).toBe(0);
      expect(reduced.redundant).toBe(0);
      return true;
    }),
    { numRuns: 60, seed: 1 },
  );
});
