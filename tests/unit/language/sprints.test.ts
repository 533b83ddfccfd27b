import { describe, expect, test } from 'vitest';
import { compile, start } from '../../../src/engine/session.ts';

/** A comment that names what may hook into accesses: the compiler makes no sprints then. */
const NO_SPRINTS = '\n// defineProperty';

const ARRAYS = `const n = 24; const a = [], b = [], c = [];
  for (let i = 0; i < n * n; i++) { a[i] = i % 7; b.push((i % 5) / 2); c[i] = 0; }`;

const PROGRAMS: Readonly<Record<string, string>> = {
  'matrices in flat arrays': `${ARRAYS}
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j];
      c[i * n + j] = sum;
    }
    console.log(c.join());`,
  'arrays of arrays, and of views': `const n = 30; const rows = [new Float64Array(n), new Uint8Array(n), [], Array(n).fill(1)];
    for (let k = 0; k < rows.length; k++) for (let i = 0; i < n; i++) rows[k][i] = (i * 7 + k) % 300;
    let total = 0;
    for (let r = 0; r < 50; r++) for (let k = 0; k < rows.length; k++) for (let i = 0; i < n + 1; i++) total += rows[k][i] ?? 0.5;
    console.log(total);`,
  'stores before accesses': `const list = []; for (let i = 0; i < 400; i++) list[i] = (i * 7919) % 1009;
    for (let i = 0; i < 60; i++) for (let j = 0; j + 1 < list.length - i; j++)
      if (list[j] > list[j + 1]) { const t = list[j]; list[j] = list[j + 1]; list[j + 1] = t; }
    console.log(list.slice(-60).join());`,
  'jumps out of and within turns': `const list = Array.from({ length: 3000 }, (_, i) => i % 50); let odd = 0, at = -1, seen = '', i = 0;
    for (let k = 0; k < list.length; k++) { if (list[k] % 2) { odd++; continue; } switch (list[k]) { case 48: at = k; break; default: if (list[k] === 20) continue; } if (k > 2500) break; }
    while (i < list.length) { if (list[i] === 7) seen += i + ','; i += 3; }
    console.log(odd, at, seen);`,
  'properties, missing and of other kinds': `const nodes = []; for (let i = 0; i < 300; i++) nodes.push(i % 3 ? { v: i, next: null } : { next: null, w: 1, v: -i });
    for (let i = 1; i < 300; i++) nodes[i - 1].next = nodes[i];
    let sum = 0, turns = 0; const box = { count: 0 };
    for (let r = 0; r < 30; r++) for (let p = nodes[0]; p; p = p.next) { sum += p.v; box.count++; if (p.w !== undefined) p.w += 0.5; turns++; }
    console.log(sum, turns, box.count, nodes[3].w);`,
  'errors half-way': `const list = [{ x: 1 }, { x: 2n }, null, { x: 'text' }, undefined]; const got = []; let done = 0;
    for (let k = 0; k < 400; k++) { let i = k % 6, sum = 0; try { for (; i < 8; i++) { done++; sum += list[i % 5].x * 2; } } catch (error) { got.push(error.message + i + sum); } }
    console.log(done, got.length, [...new Set(got)].join());`,
  'variables that threads share': `import { Thread, machine } from 'interleave';
    machine({ cores: 2, quantum: 300 });
    let counter = 0; const cells = [0, 0, 0, 0]; const box = { hits: 0 };
    const work = (k) => () => { for (let i = 0; i < 4000; i++) { counter++; cells[k]++; box.hits += 1; } };
    for (const thread of [0, 1, 2, 3].map((k) => new Thread(work(k)))) thread.join();
    console.log(counter > 0, cells.join(), box.hits > 0);`,
  'a quantum of one access': `import { Thread, machine } from 'interleave';
    machine({ cores: 1, quantum: 1 });
    const cells = [0, 0]; const work = () => { for (let i = 0; i < 300; i++) cells[i & 1] += cells[1]; };
    for (const thread of [new Thread(work), new Thread(work)]) thread.join();
    console.log(cells.length);`,
  'memory that is not there': `import { Process } from 'interleave';
    const child = new Process(() => { const big = []; let i = 0; while (true) { big[i] = i; i += 1; } }, { memoryLimit: 300_000 });
    const end = child.wait(); console.log(end.code, JSON.stringify(end));`,
  'a fork in between': `import { fork, waitpid, exit } from 'interleave';
    const list = []; for (let i = 0; i < 500; i++) list[i] = i;
    let sum = 0; for (let i = 0; i < 500; i++) sum += list[i];
    if (fork() === 0) { for (let i = 0; i < 500; i++) sum += list[i]; console.log('child', sum); exit(0); }
    waitpid(); console.log('parent', sum);`,
  'other values than numbers': `let text = '', big = 1n, any = 0; const letters = ['a', 'b', 'c'];
    for (let i = 0; i < 500; i++) { text += letters[i % 3]; any = letters[i % 4]; }
    for (let i = 0n; i < 100n; i++) big = big * 3n % 1000007n;
    let x = '3'; for (let i = 0; i < 5; i++) x = x * 2; let y = '5'; for (; y < 8; ) y++;
    console.log(text.length, any, String(big), x, y, typeof y);`,
  'nothing but arithmetic': `let x = 1, y = 0.5; for (let i = 0; i < 5000; i++) { x = (x * 31 + i) & 0xffff; y = y * 1.5 % 7; }
    do { x--; } while (x > 5);
    console.log(x, y);`,
  'costs of nothing': `import { machine } from 'interleave'; machine({ costs: 'free' }); ${ARRAYS}
    let sum = 0; for (let i = 0; i < a.length; i++) sum += a[i] * b[i]; console.log(sum);`,
};

function run(source: string) {
  const program = compile(source, { name: 'sprints.ts' });
  const machine = start(program, { limits: { steps: 1e8 } });
  while (!machine.advance(1e6));
  const report = machine.report();
  return {
    sprints: (program.code.match(/const \$s\d+=function/g) ?? []).length,
    report,
    trace: machine.trace(),
  };
}

describe('turns of a loop that run as a sprint', () => {
  test.each(Object.entries(PROGRAMS))('cost what they cost otherwise, to the tick: %s', (_, source) => {
    const quick = run(source);
    const slow = run(source + NO_SPRINTS);
    expect([quick.sprints > 0, slow.sprints]).toEqual([true, 0]);
    expect(quick.report.error).toBeUndefined();
    expect(quick.report).toEqual(slow.report);
    expect(quick.trace).toEqual(slow.trace);
  });

  test.each([
    ['calls', 'const f = () => 1; let s = 0; for (let i = 0; i < 3; i++) s += f();'],
    ['makes functions', 'const fs = []; for (let i = 0; i < 3; i++) fs[i] = () => i;'],
    ['uses what is declared later', 'for (let i = 0; i < 3; i++) { if (i > 5) late = 1; } let late = 0;'],
    ['assigns to patterns', 'let a = 1, b = 2; for (let i = 0; i < 50; i++) [a, b = 0] = [b, a];'],
    ['deletes', 'const o = { x: 1 }; for (let i = 0; i < 3; i++) delete o.x;'],
    [
      'may meet accessors',
      'const o = { get x() { return 1; } }; let s = 0; for (let i = 0; i < 3; i++) s += o.x;',
    ],
    ['has names like those of the generator', 'let a$1 = 0; for (let i = 0; i < 3; i++) a$1++;'],
  ])('are none where the loop %s', (_, source) => {
    expect(run(source).sprints).toBe(0);
  });
});
