import { describe, expect, test } from 'vitest';
import { findSpinLoops } from '../../../src/engine/explorer/spin-loops.ts';
import { compile } from '../../../src/engine/index.ts';

const isSpinning = (loop: string) => {
  const program = compile(`import { Thread, Atomic, yieldThread } from 'interleave';
let flag = false, turn = 0; const lock = new Atomic(false);
new Thread(() => { flag = !flag; turn++; let n = 0; ${loop} });`);
  return findSpinLoops(program).some((loop) => loop >= 0);
};

describe('a loop that only looks', () => {
  test.each([
    'while (!flag) {}',
    'while (flag && turn === 1);',
    'do {} while (flag);',
    'for (; flag; ) yieldThread();',
    'while (!lock.compareExchange(false, true)) {}',
    'while (true) { if (flag) break; yieldThread(); }',
    'while (flag) { if (turn !== 0) { flag = false; n++; } }',
  ])('%s', (loop) => expect(isSpinning(loop)).toBe(true));
});

describe('a loop that may do something', () => {
  test.each([
    'for (let i = 0; i < 3 && !flag; i++) {}',
    'while (!flag) n++;',
    'while (n++ < 3 && !flag) {}',
    'while (!flag) { if (turn !== 0) { n++; } }',
  ])('%s', (loop) => expect(isSpinning(loop)).toBe(false));
});
