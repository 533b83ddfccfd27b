import { describe, expect, test } from 'vitest';
import { DATA_BASE, TEXT_BASE } from '../../../src/engine/language/addresses.ts';
import { compile, Instance } from '../../../src/engine/language/index.ts';
import { runAll, SteppingHost } from './stepping-host.ts';

/** The accesses of a run as `line kind name`. */
function accesses(source: string, library = {}): string[] {
  const { host, program } = runAll(source, 1_000_000, false, library);
  return host.accesses.map(({ site }) => {
    const { line, kind, name } = program.sites[site] as (typeof program.sites)[number];
    return `${line} ${kind} ${name}`;
  });
}

describe('accesses to variables', () => {
  test('x++ on a captured variable is a load and a store', () => {
    expect(accesses('let x = 0;\nconst f = () => {\n x++; };\nf();')).toEqual(['3 load x', '3 store x']);
  });
  test('x += 2 is a load and a store', () => {
    expect(accesses('let x = 0;\nconst f = () => { x += 2; };\nf();')).toEqual(['2 load x', '2 store x']);
  });
  test('constants, functions and variables that only one thread can reach are none', () => {
    expect(
      accesses('const a = 1; let b = 2; b++; function f() { let c = a; c++; return c; } f(); b = f();'),
    ).toEqual([]);
  });
  test('a store is announced after its value is computed', () => {
    const { host, program } = runAll(
      'let x = 0; const f = () => { x = g(); }; const g = () => { y++; return 1; }; let y = 0; f();',
      1e6,
    );
    expect(host.accesses.map(({ site }) => program.sites[site]?.name)).toEqual(['y', 'y', 'x']);
  });
  test('module variables lie in the data segment, captured ones on the heap, functions in text', () => {
    const source = `import { addressOf, tell } from 'interleave';
      let counter = 0; const inc = () => { counter++; };
      function make() { let n = 0; return { up: () => { n++; }, at: () => addressOf(n) }; }
      const m = make(); m.up(); inc(); tell(addressOf(counter), m.at(), addressOf(inc));`;
    const told: number[] = [];
    const { program } = runAll(source, 1e6, false, {
      addressOf: null,
      tell: (...all: number[]) => told.push(...all),
    });
    expect(told[0]).toBe(DATA_BASE);
    expect(told[1]).toBeGreaterThanOrEqual(0x2000_0000);
    expect(told[2]).toBeGreaterThanOrEqual(TEXT_BASE);
    expect(told[2]).toBeLessThan(DATA_BASE);
    expect(program.variables).toContainEqual(expect.objectContaining({ name: 'counter', segment: 'data' }));
    expect(program.variables).toContainEqual(expect.objectContaining({ name: 'n', segment: 'heap' }));
  });
});

describe('accesses to objects', () => {
  test('a property keeps its address, and no two share one', () => {
    const { host } = runAll('const o = { a: 1, b: 2 }; o.a; o.b; o["a"]; o["b"]; o.a = 3;', 1e6);
    const [a, b, a2, b2, a3] = host.accesses.map(({ address }) => address);
    expect(new Set([a, b]).size).toBe(2);
    expect([a2, b2, a3]).toEqual([a, b, a]);
  });
  test('an element keeps its address while the array grows, elements next to each other', () => {
    const { host } = runAll(
      'const a = [0]; a[0]; for (let i = 1; i < 50; i++) a[i] = i; a[0]; a[20]; a[21];',
      1e6,
    );
    const all = host.accesses.map(({ address }) => address);
    expect(all.at(-3)).toBe(all[0]);
    expect((all.at(-1) as number) - (all.at(-2) as number)).toBe(8);
  });
  test('two views of one buffer share its addresses', () => {
    const { host } = runAll(
      'const b = new ArrayBuffer(16); const x = new Int32Array(b), y = new Int32Array(b, 4); x[1]; y[0]; x[2];',
      1e6,
    );
    const [x1, y0, x2] = host.accesses.slice(-3).map(({ address }) => address);
    expect(y0).toBe(x1);
    expect(x2).toBe((x1 as number) + 4);
  });
  test('an index behind the end of a view leads to no memory, and one that a growing buffer has brought in does', () => {
    const made =
      'const b = new ArrayBuffer(8, { maxByteLength: 64 }), v = new Int32Array(b), w = new Uint8Array(8);';
    const accesses = (code: string) => runAll(`${made} ${code}`, 1e6).host.accesses.length;
    expect(accesses('w[8]; w[4294967294] = 1; v[2]; v[1e9]++;')).toBe(accesses(''));
    expect(accesses('v[2] = 1; b.resize(32); v[2] = 1; v[7]; v[8];')).toBe(accesses('') + 2);
  });
  test('many dictionary keys do not cost a layout each', () => {
    const { host } = runAll(
      'const o = {}; for (let i = 0; i < 2000; i++) o["k" + i] = i; o.k7; o["k7"];',
      1e7,
    );
    const last = host.accesses.slice(-2).map(({ address }) => address);
    expect(last[0]).toBe(last[1]);
    expect(new Set(host.accesses.map(({ address }) => address)).size).toBe(2000);
  });
});

describe('stopping', () => {
  test('a stack stops in front of the access, says which, and performs it when resumed', () => {
    const program = compile(
      "import { see } from 'interleave';\nlet x = 1;\nconst f = () => { x = 2; };\nconst g = () => see(x);\nf(); g();",
    );
    const seen: unknown[] = [];
    const host = new SteppingHost(1_000_000, true);
    const stack = new Instance(program, host, { see: (value: unknown) => seen.push(value) }).main();
    expect(stack.resume()).toBe('suspended');
    expect(stack.pending?.address).toBe(DATA_BASE);
    expect(program.sites[stack.pending?.site as number]).toMatchObject({ line: 3, kind: 'store', name: 'x' });
    expect(stack.resume()).toBe('suspended');
    expect(program.sites[stack.pending?.site as number]).toMatchObject({ line: 4, kind: 'load', name: 'x' });
    expect(seen).toEqual([]);
    expect(stack.resume()).toBe('returned');
    expect(seen).toEqual([2]);
    expect(stack.pending).toBeNull();
  });
  test('an endless loop gives the processor back each time its fuel is spent', () => {
    const host = new SteppingHost(1000);
    const stack = new Instance(compile('while (true) {}'), host, {}).main();
    for (let i = 0; i < 100; i++) {
      host.fuel[0] = 1000;
      expect(stack.resume()).toBe('suspended');
    }
  });
});
