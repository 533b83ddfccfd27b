import { expect, test } from 'vitest';
import { runProgram } from './run.ts';

const PROGRAMS = {
  'recursion without end':
    'const descend = (n) => descend(n + 1) + 1; const child = new Process(() => { descend(0); }); print(child.wait().signal ?? "none");',
  'recursion that ends':
    'const sum = (n) => n === 0 ? 0 : n + sum(n - 1); print(sum(20000), sum(3), sum(30000));',
  'an error of the program’s own':
    'const count = (n) => { for (let i = 0; i < n; i++); throw new RangeError("enough"); }; try { count(200000); } catch (error) { print(error.message); }',
};

/** Call a function with so many calls below it. */
function at<T>(depth: number, work: () => T): T {
  return depth === 0 ? work() : at(depth - 1, work);
}

test.each(Object.entries(PROGRAMS))('how deep the host’s own stack is cannot be seen: %s', (_, source) => {
  const [shallow, middle, deep] = [0, 2000, 5000].map((depth) => at(depth, () => runProgram(source)));
  expect(middle).toEqual(shallow);
  expect(deep).toEqual(shallow);
});
