import { expect, test } from 'vitest';
import { CostPart, EventKind, StopReason } from '../../../src/engine/trace/trace.ts';
import { toTraceEvents } from '../../../src/engine/trace/trace-events.ts';
import { TraceWriter } from '../../../src/engine/trace/writer.ts';

function example() {
  const writer = new TraceWriter(100);
  writer.processes.push({ pid: 1, parent: 0, name: 'main' });
  writer.threads.push({ tid: 1, pid: 1, name: 'main' }, { tid: 2, pid: 1, name: 'cook' });
  writer.objects.push({ id: 7, kind: 'mutex', name: 'pen' });
  writer.write(0, EventKind.Dispatch, 0, 1);
  writer.write(1000, EventKind.Acquire, 0, 1, -1, 7);
  writer.write(2000, EventKind.Print, 0, 1, 1, writer.text('hello'));
  writer.write(3000, EventKind.Stop, 0, 1, -1, StopReason.Preempted);
  writer.write(3000, EventKind.Overhead, 0, 2, -1, 500, CostPart.Pick);
  writer.write(3500, EventKind.Dispatch, 0, 2);
  return toTraceEvents(writer.finish(1, 5000), [{ line: 3 }, { line: 8 }]).traceEvents;
}

test('a thread that ran is a slice under its process and a slice of its core, in microseconds', () => {
  const slices = example().filter(({ ph, cat }) => ph === 'X' && cat !== 'overhead');
  expect(slices.map(({ name, pid, tid, ts, dur }) => ({ name, pid, tid, ts, dur }))).toEqual([
    { name: 'main', pid: 0, tid: 0, ts: 0, dur: 3 },
    { name: 'running', pid: 1, tid: 1, ts: 0, dur: 3 },
    { name: 'cook', pid: 0, tid: 0, ts: 3.5, dur: 1.5 },
    { name: 'running', pid: 1, tid: 2, ts: 3.5, dur: 1.5 },
  ]);
});

test('a slice says why it ended', () => {
  const ends = example().flatMap(({ args }) => args?.ended ?? []);
  expect(ends).toEqual(['preempted', 'preempted', 'end of the run', 'end of the run']);
});

test('output and locks are instants, overhead is a slice of the core', () => {
  const events = example();
  expect(events.filter(({ ph }) => ph === 'i').map(({ name }) => name)).toEqual([
    'acquire mutex pen',
    'print hello',
  ]);
  expect(events.find(({ cat }) => cat === 'overhead')).toMatchObject({
    name: 'Pick',
    ts: 3,
    dur: 0.5,
    pid: 0,
    tid: 0,
  });
});

test('an instant names its line where that is known', () => {
  const instants = example().filter(({ ph }) => ph === 'i');
  expect(instants.map(({ args }) => args?.line)).toEqual([undefined, 8]);
});

test('processes, threads and cores have names', () => {
  const names = example().filter(({ ph }) => ph === 'M');
  expect(names.map(({ args }) => args?.name)).toEqual(['machine', 'core 0', 'main', 'main', 'cook']);
});
