import { expect, test } from 'vitest';
import { EventKind } from '../../../src/engine/trace/trace.ts';
import { TraceWriter } from '../../../src/engine/trace/writer.ts';

test('keeps events in the order in which they were written', () => {
  const writer = new TraceWriter(10_000);
  for (let i = 0; i < 3000; i++) writer.write(i, EventKind.Wake, i % 4, i % 7, -1, i * 2, 1);
  const trace = writer.finish(4, 3000);
  expect(trace.length).toBe(3000);
  expect(trace.time[2999]).toBe(2999);
  expect(trace.a[1234]).toBe(2468);
  expect(trace.truncated).toBe(false);
});

test('drops what comes after its limit and says so', () => {
  const writer = new TraceWriter(1024);
  for (let i = 0; i < 2000; i++) writer.write(i, EventKind.Wake, 0, 1);
  const trace = writer.finish(1, 2000);
  expect(trace.length).toBe(1024);
  expect(trace.truncated).toBe(true);
});

test('writes each text once', () => {
  const writer = new TraceWriter(10);
  expect([writer.text('a'), writer.text('b'), writer.text('a')]).toEqual([0, 1, 0]);
  expect(writer.finish(1, 0).strings).toEqual(['a', 'b']);
});
