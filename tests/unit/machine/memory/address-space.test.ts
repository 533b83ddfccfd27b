import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AddressSpace } from '../../../../src/engine/machine/memory/address-space.ts';
import { Frames, PAGE_BYTES } from '../../../../src/engine/machine/memory/frames.ts';

const MIB = 2 ** 20;
const HEAP = 0x2000_0000;

function machine(bytes = MIB) {
  const frames = new Frames(bytes);
  const space = new AddressSpace(1, frames);
  space.map({ name: 'text', start: 0x40_0000, bytes: PAGE_BYTES, writable: false });
  space.map({ name: 'heap', start: HEAP, bytes: 64 * PAGE_BYTES });
  space.map({ name: 'guard', start: 0x7000_0000, bytes: PAGE_BYTES, guard: true });
  return { frames, space };
}

describe('a page', () => {
  test('gets a frame when it is first touched, and not before', () => {
    const { frames, space } = machine();
    expect(frames.used).toBe(0);
    expect(space.fault(HEAP + 5000, false)).toBe('demand');
    expect(frames.used).toBe(1);
    expect(space.frameOf((HEAP + 5000) >>> 12, true)).toBeGreaterThanOrEqual(0);
  });

  test.each([
    ['address 0', 0, true, 'unmapped'],
    ['the hole after the heap', HEAP + 64 * PAGE_BYTES, false, 'unmapped'],
    ['a write to text', 0x40_0000, true, 'protected'],
    ['a guard page', 0x7000_0008, false, 'guard'],
  ] as const)('%s is a fault', (_name, address, write, outcome) => {
    expect(machine().space.fault(address, write)).toBe(outcome);
  });

  test('is refused when no frame is free', () => {
    const { space } = machine(2 * PAGE_BYTES);
    expect([0, 1, 2].map((page) => space.fault(HEAP + page * PAGE_BYTES, true))).toEqual([
      'demand',
      'demand',
      'no-memory',
    ]);
  });
});

describe('after a fork', () => {
  const touched = () => {
    const { frames, space } = machine();
    space.fault(HEAP, true);
    frames.store(space.frameOf(HEAP >>> 12, true), 16, 41);
    const child = space.fork(2);
    return { frames, space, child, page: HEAP >>> 12 };
  };

  test('both read the same frame', () => {
    const { frames, space, child, page } = touched();
    expect(child.frameOf(page, false)).toBe(space.frameOf(page, false));
    expect(frames.used).toBe(1);
  });

  test('the first to write gets a copy of its own, the last finds the page its own', () => {
    const { frames, space, child, page } = touched();
    expect(space.frameOf(page, true)).toBe(-1);
    expect(child.fault(HEAP, true)).toBe('copied');
    frames.store(child.frameOf(page, true), 16, 42);
    expect(space.fault(HEAP, true)).toBe('reused');
    expect(frames.load(space.frameOf(page, true), 16)).toBe(41);
    expect(frames.load(child.frameOf(page, true), 16)).toBe(42);
    expect(frames.used).toBe(2);
  });

  test('shared mappings stay shared', () => {
    const { space } = machine();
    space.map({ name: 'board', start: 0x6000_0000, bytes: PAGE_BYTES, shared: true });
    space.fault(0x6000_0000, true);
    const child = space.fork(2);
    expect(child.frameOf(0x6000_0000 >>> 12, true)).toBe(space.frameOf(0x6000_0000 >>> 12, true));
  });
});

test('segments may not overlap, and the message names both', () => {
  const { space } = machine();
  expect(() => space.map({ name: 'stack', start: HEAP + 100, bytes: 10 })).toThrow(
    /stack at 0x20000000 would overlap heap/,
  );
});

test('no private frame is ever writable in two address spaces, and every frame is given back', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('touch' as const), who: fc.nat(7), page: fc.nat(15), write: fc.boolean() }),
    fc.record({ do: fc.constant('fork' as const), who: fc.nat(7) }),
    fc.record({ do: fc.constant('end' as const), who: fc.nat(7) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
      const { frames, space } = machine();
      const spaces = [space];
      let id = 2;
      for (const action of steps) {
        const chosen = spaces[action.who % spaces.length] as AddressSpace;
        if (action.do === 'fork') spaces.push(chosen.fork(id++));
        else if (action.do === 'end') {
          if (spaces.length > 1) spaces.splice(spaces.indexOf(chosen), 1)[0]?.clear();
        } else if (chosen.frameOf((HEAP >>> 12) + action.page, action.write) < 0) {
          expect(['demand', 'copied', 'reused']).toContain(
            chosen.fault(HEAP + action.page * PAGE_BYTES, action.write),
          );
        }
        const writable = spaces.flatMap((each) => each.pageTable().filter((entry) => entry.writable));
        expect(new Set(writable.map(({ frame }) => frame)).size).toBe(writable.length);
        const mapped = new Set(spaces.flatMap((each) => each.pageTable().map(({ frame }) => frame)));
        expect(frames.used).toBe(mapped.size);
      }
      for (const each of spaces) each.clear();
      expect(frames.used).toBe(0);
    }),
  );
});
