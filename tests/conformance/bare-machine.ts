/**
 * The smallest machine that the language can stand on: one process, one thread, 512 MB of memory. Nothing costs
 * time, except that fuel runs out often enough to suspend every activation now and then.
 */
import type { Host } from '../../src/engine/language/host.ts';
import { Instance } from '../../src/engine/language/instance.ts';
import type { Program } from '../../src/engine/language/program.ts';

/** Ticks between two suspensions. */
const QUANTUM = 2000;
/** A test that needs more is taken to be endless. */
const MAX_RESUMES = 200_000;

const HEAP_BASE = 0x1000_0000;
const HEAP_END = HEAP_BASE + 0x2000_0000;

/** How a run ended: the error nobody caught, if any, and what was printed. */
export interface Ending {
  readonly failed: boolean;
  readonly error: unknown;
  readonly lines: readonly string[];
}

/** Run a program to the end of its event loop. */
export function run(program: Program, library: Readonly<Record<string, unknown>> = {}): Ending {
  const lines: string[] = [];
  const uncaught: unknown[] = [];
  const fuel = new Int32Array([QUANTUM]);
  let time = 0;
  let heap = HEAP_BASE;
  const host: Host = {
    fuel,
    touch: () => fuel[0] as number,
    charge(ticks) {
      fuel[0] = (fuel[0] as number) - ticks;
      return fuel[0];
    },
    refuel() {
      fuel[0] = QUANTUM;
      return true;
    },
    allocate(bytes) {
      if (heap + bytes > HEAP_END) throw new RangeError('Out of memory');
      heap += bytes;
      return heap - bytes;
    },
    now: () => time,
    random: () => 0.5,
    idleUntil: (until) => {
      time = until;
    },
    print: (text) => lines.push(text),
    uncaught: (error) => uncaught.push(error),
  };
  const main = new Instance(program, host, library).main();
  let outcome = main.resume();
  for (let resumes = 0; outcome === 'suspended'; resumes++) {
    if (resumes > MAX_RESUMES) throw new Error('endless');
    fuel[0] = QUANTUM;
    outcome = main.resume();
  }
  if (outcome === 'threw') uncaught.unshift(main.value);
  if (uncaught.length > 0) return { failed: true, error: uncaught[0], lines };
  return { failed: false, error: undefined, lines };
}
