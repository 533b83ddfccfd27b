import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Timeline } from '../../../src/engine/trace/timeline.ts';

test('intervals are merged where they touch and given in order of their starts, then of their cores', () => {
  const stretch = fc.record({
    core: fc.integer({ min: 0, max: 3 }),
    tid: fc.integer({ min: 1, max: 2 }),
    pause: fc.constantFrom(0, 0, 16, 40),
    length: fc.integer({ min: 1, max: 5 }).map((n) => n * 16),
  });
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 300 }), (stretches) => {
      const timeline = new Timeline();
      const clocks = [0, 0, 0, 0];
      const expected: { core: number; tid: number; start: number; end: number }[] = [];
      for (const { core, tid, pause, length } of stretches) {
        const start = (clocks[core] as number) + pause;
        const end = start + length;
        clocks[core] = end;
        timeline.add(core, tid, start, end);
        const before = expected.filter((it) => it.core === core).at(-1);
        if (before?.tid === tid && before.end === start / 16) before.end = end / 16;
        else expected.push({ core, tid, start: start / 16, end: end / 16 });
      }
      expected.sort((a, b) => a.start - b.start || a.core - b.core);
      expect(timeline.intervals()).toEqual(expected);
    }),
    { seed: 5 },
  );
});
