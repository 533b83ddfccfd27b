/** What `JSON` makes of values with `toJSON`, replacers and revivers: run by Node and as a snippet, which have to agree. */

type Holder = Record<string, unknown>;
const log = (...values: unknown[]): void => console.log(...values);

class Item {
  x = 1;
  n: unknown;
  constructor(n: unknown = 2) {
    this.n = n;
  }
  toJSON(key: string): unknown {
    return { key, n: this.n, kind: 'item' };
  }
}
class Plain {
  readonly list = Object.assign([1], { 2: 3 });
  get hidden(): number {
    return 5;
  }
}
class Link {
  next: unknown = null;
  item = new Item();
}

function attempt(body: () => unknown): void {
  try {
    log(body());
  } catch (error) {
    log((error as Error).name, (error as Error).message);
  }
}

const VALUES: readonly unknown[] = [
  ...[1, -0, Number.NaN, 'a"\n\u2028', null, undefined, true, () => 1, Symbol('x'), [], {}, [[[]]], [[], {}]],
  ...[[undefined, () => 1, Symbol('a')], { a: undefined, b: () => 1, c: 1 }, new Item(), new Plain()],
  ...[
    [new Item(), { p: new Item(new Item()) }],
    new Date(0),
    { d: new Date(0), p: new Item() },
    { e: {}, f: [] },
  ],
  ...[Object(1), Object('s'), Object(false), [Object(1), new Item()], new Map([[1, 2]]), new Set([1]), /x/],
  ...[
    { toJSON: () => undefined },
    { toJSON: 5 },
    Object.create({ toJSON: () => 'inherited' }),
    new Error('x'),
  ],
  ...[{ [Symbol('k')]: 1, b: { c: { d: [1, [2, [3]]] } } }, new Proxy({ a: 1, b: new Item() }, {})],
  ...[new Proxy([1, new Item()], {}), Object.assign(new Item(), { 1: 1, 0: 0 }), new Uint8Array(3)],
  {
    get a() {
      return new Item('got');
    },
  },
];
const SPACES: readonly unknown[] = [
  undefined,
  2,
  '--',
  20,
  '0123456789abc',
  Object(1),
  Object('ab'),
  -1,
  1.9,
  '',
];

for (const value of VALUES) {
  for (const space of SPACES) attempt(() => JSON.stringify(value, null, space as string));
  attempt(() => JSON.stringify(value, ['a', 'b', 'p', 'key', 1, Object('kind'), 'a']));
  attempt(() =>
    JSON.stringify(
      value,
      (key, item) => {
        log('replace', key, typeof item);
        return typeof item === 'number' ? item + 1 : item;
      },
      1,
    ),
  );
  attempt(() =>
    JSON.stringify({ value }, function (this: Holder, key: string, item: unknown) {
      return key === 'value' ? [Object.keys(this), item] : key === '' ? item : undefined;
    }),
  );
}

/** Objects that lead back to the first of so many. */
function circle(length: number): Link {
  const links = Array.from({ length }, () => new Link());
  links.forEach((link, i) => {
    link.next = links[(i + 1) % length];
  });
  return links[0] as Link;
}
for (const length of [1, 2, 3, 4, 5, 9])
  attempt(() => JSON.stringify({ item: new Item(), in: circle(length) }));
const list: unknown[] = [new Item()];
list.push(list);
attempt(() => JSON.stringify(list));
const fail = (): never => {
  throw new RangeError('mine');
};
attempt(() => JSON.stringify({ item: new Item(), big: 1n }));
attempt(() => JSON.stringify([1n], (_key, item) => (typeof item === 'bigint' ? String(item) : item)));
attempt(() => JSON.stringify({ toJSON: fail }));
attempt(() => JSON.stringify({ a: 1 }, fail));
Object.assign(BigInt.prototype, {
  toJSON(this: bigint) {
    return `big ${this}`;
  },
});
attempt(() => JSON.stringify([1n, { a: 2n }]));

const TEXTS = [
  ...['1', '"a"', 'null', '[1,2.50,"x",null,true]', '{"a":{"b":[1,{"c":-0}]},"d":1e3}', '{"a":1,"a":2}'],
  ...['{"__proto__":1,"a":2}', '[[],{}]', '{', '', '[1,]'],
];
for (const text of TEXTS) {
  attempt(() => JSON.parse(text));
  attempt(() => JSON.parse(text, (key, item) => (key === 'a' || key === '0' ? undefined : item)));
  attempt(() =>
    JSON.parse(text, function (this: Holder, key: string, item: unknown, ...rest: unknown[]) {
      log('revive', key, item, rest, JSON.stringify(this));
      return typeof item === 'number' ? item * 2 : item;
    }),
  );
  attempt(() =>
    JSON.parse(text, function (this: Holder, key: string, item: unknown) {
      if (key === '0') this[1] = [7, { z: 1 }];
      if (key === 'a') this.d = { q: 1 };
      return item;
    }),
  );
}
attempt(() =>
  JSON.parse('[1,2,3]', function (this: unknown[], key: string, item: unknown) {
    if (key === '0') this.length = 1;
    return item;
  }),
);
attempt(() =>
  JSON.parse('[1]', function (this: unknown[], key: string) {
    if (key === '0') Object.freeze(this);
    return key === '0' ? 2 : this;
  }),
);
attempt(() => JSON.parse('[1,2]', fail));
attempt(() =>
  JSON.parse('[1,[2]]', function (this: unknown[], _key: string, item: unknown) {
    if (Array.isArray(this)) this.push('late');
    return item;
  }),
);
