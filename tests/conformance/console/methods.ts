/** Every method of `console` that prints to the same stream in Node and in a snippet. */
console.table([
  { a: 1, b: 'Y' },
  { a: 'Z', c: 2 },
]);
console.table([
  [1, 2],
  [3, 4],
]);
console.table([1, 'two', { x: 3 }]);
console.table({ r1: { v: 1 }, r2: { v: 2, w: { deep: 1, e: 2, f: 3 } } });
console.table(
  new Map<unknown, unknown>([
    ['k', 1],
    [{ z: 1 }, 'v'],
  ]),
);
console.table(new Set(['a', 2]));
console.table(5);
console.table('text');
console.table([]);
console.table([{ a: 1, b: 2 }], ['b']);
console.table([1, { b: 2 }], ['b']);
console.table([{ a: [1, 2], b: null, c: undefined, d: true, e: 1n, f: () => 1 }]);
console.table({ a: 1, b: 'x' });
console.table(null);
console.table([[]]);
console.table([{}, {}]);
console.count();
console.count();
console.count('x');
console.countReset();
console.count();
console.dir({ a: { b: { c: { d: 1 } } } });
console.dir('s');
console.dir({ a: { b: { c: { d: 1 } } } }, { depth: 0 });
console.group('G %s', 1);
console.log('in\nside');
console.group();
console.log({ a: 1, b: [1, 2] });
console.table([{ a: 1 }]);
console.groupEnd();
console.info('out');
console.groupEnd();
console.groupEnd();
console.log('end');
console.groupCollapsed('c');
console.log(1);
console.groupEnd();
console.log();
console.dirxml({ a: 1 }, 2);
console.log('%s');
console.group();
console.log({ aaaaaaaaaaaaaaaaaaaa: 1, bbbbbbbbbbbbbbbbbbbbbbbbbb: 2, ccccccccccccccccc: 3 });
console.groupEnd();
const ring: { self?: unknown } = {};
ring.self = ring;
console.log('%j %j', { a: [1] }, ring);
console.log('%d %d %i %f', { valueOf: () => 3 }, {}, [5.5], { toString: () => '6.5x' });
