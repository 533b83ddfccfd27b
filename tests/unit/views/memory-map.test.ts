import { describe, expect, test } from 'vitest';
import {
  describePages,
  framesOf,
  memoryAt,
  memoryMap,
  shareWords,
  whoReaches,
} from '../../../src/components/views/memory-map.ts';
import { traceOf } from './fixtures.ts';

const segments = [{ name: 'data', start: 0x1000, end: 0x4000 }];
const trace = traceOf([], {
  processes: [
    { pid: 1, parent: 0, name: 'main' },
    { pid: 2, parent: 1, name: 'child' },
  ],
  memory: [
    {
      pid: 1,
      segments,
      pages: [
        { page: 1, frame: 7, shared: true, cow: true },
        { page: 2, frame: 8, shared: false, cow: false },
      ],
    },
    { pid: 2, segments, pages: [{ page: 1, frame: 7, shared: true, cow: true }] },
  ],
});

describe('the memory of a run', () => {
  const [main, child] = memoryMap(trace);

  test('says which frame each page has, and who else has it', () => {
    expect(main?.segments[0]?.pages).toEqual([
      { address: 0x1000, frame: 7, alsoIn: [2], cow: true },
      { address: 0x2000, frame: 8, alsoIn: [], cow: false },
    ]);
    expect(child?.segments[0]?.pages[0]?.alsoIn).toEqual([1]);
  });

  test('in words', () => {
    expect(describePages({ pages: main?.segments[0]?.pages ?? [] })).toBe(
      '2 pages, 1 shared with process 2, copied on write',
    );
    expect(describePages({ pages: [] })).toBe('none yet');
  });

  test('frame by frame: which pages of whom are in it', () => {
    expect(framesOf(memoryMap(trace))).toEqual([
      {
        frame: 7,
        pages: [
          { name: 'main 1', address: 0x1000 },
          { name: 'child 2', address: 0x1000 },
        ],
      },
      { frame: 8, pages: [{ name: 'main 1', address: 0x2000 }] },
    ]);
  });

  test('says who else has a page, and for how long', () => {
    expect(shareWords({ alsoIn: [2], cow: true })).toBe('with process 2 until one of them writes');
    expect(shareWords({ alsoIn: [2, 3], cow: false })).toBe('with process 2, 3');
    expect(shareWords({ alsoIn: [], cow: true })).toBe('no more: the next write keeps it');
    expect(shareWords({ alsoIn: [], cow: false })).toBe('');
  });

  test('says who can reach a variable: the threads that live in its process, and who shares its page for good', () => {
    const threads = [
      { pid: 1, name: 'main', state: 'running' },
      { pid: 1, name: 'ann', state: 'over' },
      { pid: 2, name: 'child', state: 'ready' },
    ];
    const reach = whoReaches(memoryMap(trace), threads);
    expect(reach({ pid: 1, address: 0x1008 })).toBe('main');
    expect(reach({ pid: 3, address: 0x1008 })).toBe('nobody any more');
    const shared = memoryMap({
      ...trace,
      memory: (trace.memory ?? []).map((space) => ({
        ...space,
        pages: space.pages.map((page) => ({ ...page, cow: false })),
      })),
    });
    expect(whoReaches(shared, threads)({ pid: 1, address: 0x1008 })).toBe('main and process 2');
  });

  test('is empty where the trace has none', () => {
    expect(memoryMap(traceOf([]))).toEqual([]);
  });
});

describe('memory over time', () => {
  const segments = [{ name: 'data', start: 0, end: 8192 }];
  const memory = [
    { pid: 1, segments, pages: [] },
    { pid: 2, segments, pages: [] },
  ];
  const pages = Int32Array.from([
    ...[0, 1, 0, 7, 0],
    ...[3, 1, 0, 7, 1],
    ...[3, 2, 0, 7, 1],
    ...[5, 2, 0, 9, 0],
    ...[8, 2, 0, -1, 0],
  ]);
  const at = (cursor: number | null) =>
    memoryAt({ memory, pages, length: 9 }, cursor).map((space) => [
      space.pid,
      ...space.pages.map(({ frame, cow }) => `${frame}${cow ? ' cow' : ''}`),
    ]);

  test('is what the page tables said at the cursor', () => {
    expect(at(0)).toEqual([]);
    expect(at(1)).toEqual([[1, '7']]);
    expect(at(4)).toEqual([
      [1, '7 cow'],
      [2, '7 cow'],
    ]);
    expect(at(6)).toEqual([
      [1, '7 cow'],
      [2, '9'],
    ]);
    expect(at(9)).toEqual([[1, '7 cow']]);
  });

  test('is the end of the run where nobody steps, or where the changes were too many', () => {
    expect(at(null)).toEqual([[1], [2]]);
    expect(memoryAt({ memory, length: 9 }, 4)).toBe(memory);
  });
});
