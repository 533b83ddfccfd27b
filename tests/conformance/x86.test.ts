import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compile, EventKind, type Run, StopReason, start } from '../../src/engine/index.ts';
import { type Listing, snippetOf, TICK, type Timing } from './x86-listing.ts';

interface RunCase {
  readonly instructions: number;
  readonly finalMem: Readonly<Record<string, number>>;
  readonly finalRegs: readonly Readonly<Record<string, number>>[];
  readonly segments: readonly (readonly [thread: number, count: number])[];
  readonly steps: readonly (readonly number[])[];
  readonly switches: readonly (readonly [after: number, why: 'interrupt' | 'halt-switch'])[];
}

interface SweepCase {
  readonly results: readonly {
    readonly value: number | string;
    readonly mem: readonly number[];
    readonly regs: readonly (readonly number[])[];
    readonly instructions: number;
  }[];
}

interface Case {
  readonly id: string;
  readonly tags: readonly string[];
  readonly input: Listing & { readonly interval: number | null; readonly schedule: string | null };
  readonly expected: RunCase | SweepCase;
}

const read = (name: string) =>
  (JSON.parse(readFileSync(new URL(`oracles/${name}.json`, import.meta.url), 'utf8')) as { cases: Case[] })
    .cases;
const cases = ['x86-race', 'x86-locks'].flatMap(read);

function run(input: Listing, timing: Timing): { readonly run: Run; readonly steps: number[][] } {
  const it = start(compile(snippetOf(input, timing), { name: 'listing.ts' }));
  while (!it.advance(1_000_000));
  return { run: it, steps: it.output.map(({ text }) => JSON.parse(text) as number[]) };
}

/** Runs of the same thread, joined. */
function segmentsOf(steps: readonly (readonly number[])[]): [number, number][] {
  const segments: [number, number][] = [];
  for (const [thread] of steps) {
    const last = segments.at(-1);
    if (last && last[0] === thread) last[1]++;
    else segments.push([thread as number, 1]);
  }
  return segments;
}

/** After which instruction a thread lost its core to another, and whether it had ended. */
function switchesOf(it: Run): [number, string][] {
  const { time, kind, a, tid, length } = it.trace();
  const switches: [number, string][] = [];
  for (let i = 0; i < length; i++) {
    if (kind[i] !== EventKind.Stop || (tid[i] as number) < 2) continue;
    switches.push([(time[i] as number) / TICK, a[i] === StopReason.Exited ? 'halt-switch' : 'interrupt']);
  }
  return switches.slice(0, -1);
}

/** The values watched after each thread's last instruction. */
function lastOf(steps: readonly (readonly number[])[], thread: number, watched: number): readonly number[] {
  return steps.findLast(([id]) => id === thread)?.slice(2 + watched) ?? [];
}

function checkRun({ input, expected }: { readonly input: Case['input']; readonly expected: RunCase }): void {
  const timing =
    input.schedule === null ? { interval: input.interval as number } : { schedule: input.schedule };
  const { run: it, steps } = run(input, timing);
  expect(it.report().status).toBe('exited');
  expect(steps).toEqual(expected.steps);
  expect(steps.length).toBe(expected.instructions);
  expect(it.report().time).toBe(expected.instructions * TICK);
  expect(segmentsOf(steps)).toEqual(expected.segments);
  expect(ranAs(it)).toEqual(expected.segments);
  const final = steps.at(-1) as number[];
  expect(input.watchMem.map((_, i) => final[2 + i])).toEqual(
    input.watchMem.map((address) => expected.finalMem[address]),
  );
  expected.finalRegs.forEach((regs, thread) => {
    expect(lastOf(steps, thread, input.watchMem.length)).toEqual(input.watchRegs.map((name) => regs[name]));
  });
  expect(switchesOf(it)).toEqual(switchesThatShow(expected));
}

/** The machine's own timeline, in instructions: what the trace says must be what the program saw. */
function ranAs(it: Run): [number, number][] {
  return segmentsOf(
    it
      .report()
      .timeline.flatMap(({ tid, start: begin, end }) =>
        Array.from({ length: (end - begin) / TICK }, () => [tid - 2]),
      ),
  );
}

/** The oracle also marks interrupts after which the same thread goes on; the trace shows only those that take a core away. */
function switchesThatShow({ switches, steps }: RunCase): [number, string][] {
  return switches
    .filter(([after, why], i) => {
      const living = new Set(steps.slice(after).map(([thread]) => thread)).size;
      const followsHalt = switches[i - 1]?.[0] === after;
      return (
        why === 'halt-switch' || (followsHalt ? living > 1 : steps[after - 1]?.[0] !== steps[after]?.[0])
      );
    })
    .map(([after, why]) => [after, why]);
}

describe.each(cases)('$id $tags', ({ input, expected }) => {
  if ('steps' in expected)
    test('every instruction is the one the oracle executed', () => checkRun({ input, expected }));
  else
    test('every timing ends as in the oracle', () => {
      for (const { value, mem, regs, instructions } of expected.results) {
        const { steps } = run(input, typeof value === 'number' ? { interval: value } : { schedule: value });
        const final = steps.at(-1) as number[];
        expect({
          value,
          mem: final.slice(2, 2 + mem.length),
          regs: regs.map((_, thread) => lastOf(steps, thread, mem.length)),
          instructions: steps.length,
        }).toEqual({ value, mem, regs, instructions });
      }
    });
});
