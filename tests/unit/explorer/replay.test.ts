import { describe, expect, test } from 'vitest';
import { compile, EventKind, replay, StopReason, type Trace } from '../../../src/engine/index.ts';
import { explored } from './explored.ts';

/** The trace of a schedule, and the lines of a program. */
function traced(source: string, schedule: string) {
  const program = compile(source);
  const run = replay(program, schedule);
  run.advance(Number.POSITIVE_INFINITY);
  const trace = run.trace();
  return { trace, line: (site: number) => program.sites[site]?.line ?? 0 };
}

/** Events of a kind, each as thread, line and what `text` makes of it. */
function events(
  { trace, line }: { trace: Trace; line(site: number): number },
  kind: number,
  text: (index: number) => unknown = () => '',
): string[] {
  return Array.from({ length: trace.length }, (_, index) => index)
    .filter((index) => trace.kind[index] === kind)
    .map((index) => `${trace.tid[index]}:${line(trace.site[index] as number)} ${text(index)}`.trim());
}

const nameOf = (trace: Trace, id: number | undefined) => trace.objects.find((it) => it.id === id)?.name;

describe('the trace of a replay', () => {
  const source = `import { Thread, Mutex } from 'interleave';
const a = new Mutex('a'), b = new Mutex('b');
const one = new Thread(() => { a.lock();
  b.lock(); a.unlock(); b.unlock(); });
const two = new Thread(() => { b.lock();
  a.lock(); a.unlock(); b.unlock(); });
one.join(); two.join();`;

  test('shows who waits, for what and on which line, as soon as it does', () => {
    const [failure] = explored(source).failures;
    const it = traced(source, failure?.schedule ?? '');
    const { trace } = it;
    const stops = Array.from({ length: trace.length }, (_, index) => index).filter(
      (index) => trace.kind[index] === EventKind.Stop && trace.a[index] === StopReason.Blocked,
    );
    const waits = stops.map(
      (index) =>
        `${trace.tid[index]} at ${trace.time[index]} on line ${it.line(trace.site[index] as number)} for ${nameOf(trace, trace.b[index])}`,
    );
    expect(waits.sort()).toEqual([
      '1 at 0 on line 7 for undefined',
      '2 at 2000 on line 4 for b',
      '3 at 2000 on line 6 for a',
    ]);
    expect(trace.stacks?.map(({ tid, waitsFor }) => [tid, waitsFor !== null])).toEqual([
      [1, true],
      [2, true],
      [3, true],
    ]);
  });

  test('shows locks taken and given back, where', () => {
    const ended = explored(source).outcomes.find(({ status }) => status === 'exited');
    const it = traced(source, ended?.schedule ?? '');
    const name = (index: number) => nameOf(it.trace, it.trace.a[index]);
    expect(events(it, EventKind.Acquire, name).sort()).toEqual(['2:3 a', '2:4 b', '3:5 b', '3:6 a']);
    expect(events(it, EventKind.Release, name).sort()).toEqual(['2:4 a', '2:4 b', '3:6 a', '3:6 b']);
  });

  test('shows what was loaded and stored, and where a line was printed', () => {
    const counter = `import { Thread, print } from 'interleave';
let n = 0;
const t = new Thread(() => { n = 7; });
if (n === 0)
  print('early');
t.join();`;
    const early = explored(counter).outcomes.find(({ stdout }) => stdout[0] === 'early');
    const it = traced(counter, early?.schedule ?? '');
    const value = (index: number) => it.trace.strings[it.trace.b[index] as number];
    expect(events(it, EventKind.Load, value)).toEqual(['1:4 0']);
    expect(events(it, EventKind.Store, value)).toEqual(['2:3 7']);
    expect(events(it, EventKind.Print)).toEqual(['1:5']);
  });

  test('shows who waits for a signal, and that it is woken', () => {
    const signal = `import { Thread, Mutex, Condition } from 'interleave';
const m = new Mutex('m'), c = new Condition(m);
let ready = false;
const t = new Thread(() => m.withLock(() => { while (!ready)
  c.wait(); }));
m.withLock(() => { ready = true; c.signal(); });
t.join();`;
    const run = explored(signal, { strategy: 'random', max: 50 });
    const schedules = run.outcomes.map(({ schedule }) => schedule);
    const traces = schedules.map((schedule) => traced(signal, schedule));
    expect(run.failures).toEqual([]);
    for (const it of traces)
      expect(events(it, EventKind.Acquire).length).toBe(events(it, EventKind.Release).length);
  });
});
