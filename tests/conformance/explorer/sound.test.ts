import { expect, test } from 'vitest';
import { compile, explore } from '../../../src/engine/index.ts';

test('a thread that nobody has joined yet is not taken for one that never was', () => {
  const source = `import { print, Thread } from 'interleave';
let x = 0, y = 0, r = -1;
const t = new Thread(() => { r = y; x = 1; });
y = 1;
const q = x;
t.join();
print(q, r);`;
  for (const strategy of ['dpor', 'all'] as const) {
    const search = explore(compile(source), { strategy });
    while (!search.advance(1_000));
    const { outcomes, complete, interleavings } = search.result();
    expect({ complete, interleavings }).toEqual({ complete: true, interleavings: '6' });
    expect(outcomes.map(({ stdout }) => stdout.join()).sort()).toEqual(['0 0', '0 1', '1 0', '1 1']);
  }
});
