import { describe, expect, test } from 'vitest';
import { CompileError, compile, Instance } from '../../../src/engine/language/index.ts';
import { SteppingHost } from './stepping-host.ts';

const failure = (source: string): CompileError => {
  try {
    compile(source);
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
  throw new Error('it compiled');
};

describe('source that does not compile', () => {
  test.each([
    ['let x = ;', 1, 9, /Unexpected token/],
    ['const a = 1;\n  let a = 2;', 2, 7, /already been declared/],
    ["import fs from 'node:fs';", 1, 16, /only 'interleave' can be imported/],
    ["import all from 'interleave';", 1, 8, /no default export/],
    ["\nawait import('x');", 2, 7, /out of reach/],
    ['class A { m(@dec x) {} }', 1, 13, /decorate parameters/],
    ['function f() { return 1\n', 2, 1, /Unexpected token/],
    ['class A { constructor() {} constructor(a) {} }', 1, 28, /one constructor/],
    ['var this;', 1, 5, /'this' cannot be the name/],
  ])('%j: line %i, column %i', (source, line, column, message) => {
    const error = failure(source);
    expect(error.message).toMatch(message);
    expect([error.line, error.column]).toEqual([line, column]);
  });
});

describe('machine()', () => {
  const machine = (argument: string) =>
    compile(`import { machine, us, ms } from 'interleave'; machine(${argument});`).machine;
  test('is read from the source, units and arithmetic included', () => {
    expect(
      machine(
        "{ cores: 2, quantum: us(10), policy: { name: 'mlfq', quanta: [ms(1), 2 * ms(1)] }, seed: -1 }",
      ),
    ).toEqual({
      cores: 2,
      quantum: 10_000,
      policy: { name: 'mlfq', quanta: [1_000_000, 2_000_000] },
      seed: -1,
    });
  });
  test('is null where the snippet does not ask', () => {
    expect(compile('1;').machine).toBeNull();
  });
  test('must be literal', () => {
    expect(
      failure("import { machine } from 'interleave'; const n = 2; machine({ cores: n });").message,
    ).toMatch(/read before the program runs/);
  });
});

describe('positions', () => {
  const place = (source: string) => {
    const host = new SteppingHost(1_000_000);
    const instance = new Instance(compile(source), host, {});
    const stack = instance.main();
    expect(stack.resume()).toBe('threw');
    const found = instance.positionOf(stack.value);
    return found && [found.line, found.column];
  };
  test.each([
    ['const o = {};\no.a.b;', [2, 5]],
    ['interface I {\n a: 1 }\nconst f = (x: any): number => {\n  return x();\n};\nf(3);', [4, 10]],
    ['class A { m(): never {\n  throw new Error("x"); } }\nnew A().m();', [2, 9]],
    ['[1].forEach((x) => {\n  undefinedName;\n});', [2, 3]],
    ['type T = 1;\nnew (1 as any)();', [2, 1]],
  ])('%j fails at %j', (source, expected) => {
    expect(place(source)).toEqual(expected);
  });
});

test('a program is plain data', () => {
  const program = compile("import { print } from 'interleave'; print(1);", { name: 'a.ts' });
  expect(JSON.parse(JSON.stringify(program))).toEqual(program);
  expect(program).toMatchObject({ format: 1, name: 'a.ts' });
});
