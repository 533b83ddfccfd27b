/** Programs that print random values of every kind with `console.log`. */
import { Chance } from '../chance.ts';

const MAX_DEPTH = 5;

/** Classes and functions that the values are made of. */
const PRELUDE = `
class Point { x = 1; y: unknown; constructor(y: unknown = 2) { this.y = y; } get sum() { return 3; } }
class Deep extends Point { #hidden = 1; static count = 4; list = [1, 2]; touch() { return this.#hidden; } }
class Bag extends Map<unknown, unknown> { size2 = 2; }
class Rows extends Array<unknown> {}
class Tagged { a = 1; }
Object.defineProperty(Tagged.prototype, Symbol.toStringTag, { value: 'Tag' });
class Oops extends Error { code: number; constructor(message: string, code: number) { super(message); this.code = code; } }
class BadInputError extends TypeError {}
class NamedError extends Error { override name = 'Renamed'; }
const circular = (value: object, key: string): object => Object.assign(value, { [key]: value });
const bare = (value: object): object => Object.assign(Object.create(null), value);
const inherits = (value: object): object => Object.assign(Object.create({ inherited: 1 }), value);
const sparse = (length: number, ...at: number[]): unknown[] => {
  const list: unknown[] = [];
  for (const i of at) list[i] = i;
  list.length = length;
  return list;
};
const args = (..._values: unknown[]): IArguments => (function () { return arguments; }).apply(null, _values as []);
`;

const TEXTS = [
  ...["''", "'a'", "'hello world'", '"it\'s"', '\'say "x"\'', '`both \' and "`', '`all \' " \\``'],
  ...["'two\\nlines'", "'tab\\t\\\\'", "'\\u0000\\u001b\\u007f'", "'\\ud83d'", "'😀 é'"],
  ...["'x'.repeat(60)", "'long text '.repeat(12)", "'line\\n'.repeat(9)", "'${'"],
];
const SIMPLE = [
  ...['0', '-0', '1', '42', '-1.5', '1e21', '1e-7', 'NaN', '-Infinity', '123456789', '10n', '-5n'],
  ...[
    'true',
    'false',
    'null',
    'undefined',
    'Symbol()',
    "Symbol('s')",
    'Symbol.iterator',
    "Symbol.for('a b')",
  ],
];
const FUNCTIONS = [
  ...[
    '() => 1',
    'function named() {}',
    'async () => {}',
    'async function later() {}',
    'function* steps() {}',
  ],
  ...['async function* stream() {}', 'class {}', 'class A {}', 'class B extends Point {}', 'Point', 'Deep'],
  ...[
    'Object.assign(() => 1, { extra: 1 })',
    'Math.max',
    'Map',
    '({ method() {} }).method',
    '(() => 1).bind(null)',
  ],
];
const OBJECTS = [
  ...['{}', '[]', 'new Map()', 'new Set()', 'new Point()', 'new Deep()', 'new Tagged()', 'new (class {})()'],
  ...[
    'new Date(86400000)',
    'new Date(NaN)',
    '/a+/gi',
    'Object(1)',
    "Object('abc')",
    'Object(true)',
    'Object(1n)',
  ],
  ...[
    "Object(Symbol('b'))",
    'Promise.resolve(1)',
    'new Promise(() => {})',
    'new WeakMap()',
    'new WeakSet()',
    'Math',
  ],
  ...['new Uint8Array(3)', 'new Float64Array([1.5, -0, NaN])', 'new Int32Array(120)', 'new BigInt64Array(2)'],
  ...[
    'new ArrayBuffer(5)',
    'new ArrayBuffer(60)',
    'new ArrayBuffer(130)',
    'new DataView(new ArrayBuffer(2))',
    'new Bag()',
    'JSON',
  ],
  ...[
    "new Error('plain')",
    "new Error('')",
    "new RangeError('r')",
    "new Oops('o', 3)",
    "new BadInputError('b')",
  ],
  ...["new NamedError('n')", "new Error('two\\nlines')", "new Error('e', { cause: new TypeError('inner') })"],
  ...[
    "new AggregateError([new Error('one'), 2], 'many')",
    'sparse(5, 1)',
    'sparse(150, 3, 120)',
    'sparse(3)',
  ],
  ...[
    'sparse(4000000000, 7)',
    'Object.freeze([1])',
    '{ get a() { return 1; }, set a(v) {}, get b() { return 1; } }',
  ],
  ...[
    "{ ['__proto__']: 5 }",
    '{ set c(v) {} }',
    '(function* () {})()',
    '[1].values()',
    'globalThis.Symbol',
    'new (class extends Tagged {})()',
  ],
];
const KEYS = [
  'a',
  'b',
  'value',
  'longer_name',
  '$money',
  "'with space'",
  '0',
  "'-1'",
  "'é'",
  '[Symbol.iterator]',
];

/** The program of a seed: so many lines, each a value or some. */
export function generate(seed: number, lines: number): string {
  const values = new Values(new Chance(seed));
  const statements = new Chance(-seed).several(lines, () => `console.log(${values.line()});`);
  return `${PRELUDE}\n${statements.join('\n')}\n`;
}

class Values {
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  line(): string {
    const count = this.#chance.is(0.2) ? 3 : 1;
    return this.#chance.several(count, () => this.#value(0)).join(', ');
  }

  #value(depth: number): string {
    const chance = this.#chance;
    if (depth >= MAX_DEPTH || chance.is(depth * 0.12)) return this.#leaf();
    switch (chance.below(12)) {
      case 0:
      case 1:
        return `[${this.#items(depth, chance.below(9))}]`;
      case 2:
        return this.#alike();
      case 3:
      case 4:
      case 5:
        return this.#object(depth);
      case 6:
        return `new Map<unknown, unknown>([${this.#pairs(depth)}])`;
      case 7:
        return `new Set<unknown>([${this.#items(depth, chance.below(8))}])`;
      case 8:
        return this.#dressed(depth);
      default:
        return this.#leaf();
    }
  }

  #leaf(): string {
    const chance = this.#chance;
    const value = chance.pick(chance.pick([TEXTS, SIMPLE, SIMPLE, FUNCTIONS, OBJECTS, OBJECTS]));
    return value.startsWith('{') || value.includes('=>') || value.startsWith('class') ? `(${value})` : value;
  }

  /** Long lists of one kind: where columns are chosen. */
  #alike(): string {
    const chance = this.#chance;
    const length = chance.below(chance.is(0.2) ? 130 : 40);
    const digits = 10 ** (1 + chance.below(7));
    const width = 1 + chance.below(24);
    const kind = chance.below(4);
    const items = chance.several(length, () => {
      if (kind === 0) return String(chance.below(digits) - (chance.is(0.1) ? digits : 0));
      if (kind === 1) return `'${'x'.repeat(chance.below(width))}'`;
      if (kind === 2)
        return chance.is(0.5) ? String(chance.below(digits)) : `'${'y'.repeat(chance.below(width))}'`;
      return chance.pick(SIMPLE);
    });
    return chance.is(0.15) ? `Object.assign([${items}], { more: 1 })` : `[${items}]`;
  }

  #object(depth: number): string {
    const chance = this.#chance;
    const count = chance.below(7);
    const entries = chance.several(count, (i) => `${this.#key(i)}: ${this.#value(depth + 1)}`);
    return `({ ${entries.join(', ')} })`;
  }

  #key(index: number): string {
    return this.#chance.is(0.6) ? `key${index}` : this.#chance.pick(KEYS);
  }

  #items(depth: number, count: number): string {
    return this.#chance.several(count, () => this.#value(depth + 1)).join(', ');
  }

  #pairs(depth: number): string {
    return this.#chance
      .several(this.#chance.below(5), () => `[${this.#value(depth + 1)}, ${this.#value(depth + 1)}]`)
      .join(', ');
  }

  /** An object made special. */
  #dressed(depth: number): string {
    const chance = this.#chance;
    const inner = this.#object(depth + 1);
    return chance.pick([
      () => `circular(${inner}, 'self')`,
      () => `circular([${this.#items(depth + 1, 2)}], 'self')`,
      () => `bare(${inner})`,
      () => `inherits(${inner})`,
      () => `new Point(${inner})`,
      () => `Object.assign(new Deep(), ${inner})`,
      () => `Object.assign(new Error('with'), ${inner})`,
      () => `Object.assign(new Bag([[1, ${this.#value(depth + 1)}]]), { b: 1 })`,
      () => `Rows.from([${this.#items(depth + 1, 4)}])`,
      () => `new Proxy(${inner}, {})`,
      () => `new Proxy([0, ${this.#items(depth + 1, 3)}], { get: () => 'trapped' })`,
      () => `args(${this.#items(depth + 1, 2)})`,
      () => `Promise.resolve(${inner})`,
      () => `Object.assign(function tool() {}, ${inner})`,
    ])();
  }
}
