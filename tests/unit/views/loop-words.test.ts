import { describe, expect, test } from 'vitest';
import {
  fiberWords,
  nowWords,
  queueWords,
  usesFibers,
  usesLoop,
} from '../../../src/components/views/loop-words.ts';
import type { FiberPicture, LoopPicture, QueuedWork } from '../../../src/engine/events.ts';

const work = (kind: QueuedWork['kind'], name = '', more: Partial<QueuedWork> = {}): QueuedWork => ({
  kind,
  name,
  line: 3,
  ...more,
});

const loop = (more: Partial<LoopPicture>): LoopPicture => ({
  pid: 1,
  phase: 'turning',
  now: null,
  queues: [],
  onTheWay: 0,
  ...more,
});

describe('what runs on an event loop, in words', () => {
  test.each([
    ['program', 0, 'the program itself; the queues have to wait until it is through'],
    ['waiting', 0, 'nothing: it waits for a timer'],
    ['waiting', 2, 'nothing: it waits for what is on its way'],
    ['turning', 0, 'nothing: it goes from one queue to the next'],
    ['over', 0, 'nothing: the loop is over'],
  ] as const)('%s with %i on the way', (phase, onTheWay, what) => {
    expect(nowWords(loop({ phase, onTheWay }))).toEqual({ what, line: 0, when: '' });
  });

  test('is an entry of a queue, which is said too', () => {
    expect(nowWords(loop({ phase: 'timer', now: work('call', 'tick', { due: 5 }) }))).toEqual({
      what: 'tick',
      line: 3,
      when: 'a timer',
    });
  });
});

describe('the entries of a queue, in words', () => {
  test.each([
    [work('call', 'tick'), 'tick'],
    [work('call'), 'a callback'],
    [work('settle'), 'settle a promise'],
    [work('reaction', 'last'), 'last, told by a promise'],
    [work('reaction'), 'a callback of a promise'],
    [work('await', 'load'), 'load goes on after await'],
    [work('await'), 'the program goes on after await'],
    [work('pass'), 'hand a value to the next promise'],
    [work('follow'), 'one promise asks another'],
  ])('%o', (entry, what) => {
    const [queue] = queueWords(loop({ queues: [{ name: 'microtasks', entries: [entry], more: 0 }] }), 0);
    expect(queue).toEqual({ label: 'Microtasks', entries: [{ what, line: 3, when: '' }], more: 0 });
  });

  test('say when timers are due, have been due, and come again', () => {
    const timers = [work('call', 'a', { due: 1e6 }), work('call', 'b', { due: 3e6, period: 2e6 })];
    const [queue] = queueWords(loop({ queues: [{ name: 'timers', entries: timers, more: 7 }] }), 2e6);
    expect(queue?.entries.map(({ when }) => when)).toEqual(['due since 1 ms', 'due at 3 ms, every 2 ms']);
    expect(queue?.more).toBe(7);
  });
});

describe('a fiber in words', () => {
  const fiber = (more: Partial<FiberPicture>): FiberPicture => ({
    pid: 1,
    number: 2,
    tid: 1,
    name: 'polite',
    line: 4,
    state: 'new',
    waitsFor: null,
    frames: [],
    ...more,
  });

  test('has a number, and the name or the line of what it runs', () => {
    expect(fiberWords(fiber({})).name).toBe('fiber 2, polite');
    expect(fiberWords(fiber({ name: '' })).name).toBe('fiber 2, line 4');
  });

  test('says what it does and where it stands', () => {
    const frames = [
      { function: 'deep', line: 8 },
      { function: 'polite', line: 5 },
    ];
    expect(fiberWords(fiber({}))).toMatchObject({ state: 'not begun', line: 0, calls: '' });
    expect(fiberWords(fiber({ state: 'suspended', frames }))).toMatchObject({
      state: 'stands at its yield',
      line: 8,
      calls: 'polite 5 › deep 8',
    });
    expect(fiberWords(fiber({ state: 'running' }))).toMatchObject({ state: 'runs', line: 0 });
    expect(fiberWords(fiber({ state: 'running', waitsFor: 1 })).state).toBe('waits until fiber 1 yields');
    expect(fiberWords(fiber({ state: 'ended' })).state).toBe('ended');
  });
});

describe('a program', () => {
  test('is shown with its queues or its fibers where it has to do with them', () => {
    expect([usesLoop('await null'), usesLoop('let n = 0'), usesLoop('setTimeout(f, 1)')]).toEqual([
      true,
      false,
      true,
    ]);
    expect([usesFibers('new Fiber(f)'), usesFibers('let fibers = 0')]).toEqual([true, false]);
  });
});
