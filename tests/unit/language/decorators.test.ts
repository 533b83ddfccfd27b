import { describe, expect, test } from 'vitest';
import { runAll } from './stepping-host.ts';

const LOG = `const log = (name: string) => (print('evaluate', name), (value: any, context: any) => print('call', name, typeof value, context.kind, String(context.name), context.static, context.private));`;

/** Programs, and what they print when TypeScript 7 has compiled them (with `Symbol.metadata` defined). */
const PROGRAMS: Record<string, { readonly source: string; readonly prints: readonly string[] }> = {
  'order of evaluation and of calls': {
    source: `${LOG} const key = (k: string) => (print('key', k), k);
    @log('class 1') @log('class 2') class A extends (print('heritage'), Object) {
      @log('field 1') @log('field 2') x = print('x');
      @log('static field') static s = print('s');
      @log('method') m() {}
      @log('static method') static sm() {}
      @log('getter') get g() { return 1; }
      @log('setter') set g(v) {}
      @log('auto') accessor a = print('a');
      @log('static auto') static accessor sa = print('sa');
      @log('computed') [key('c')]() {}
      [key('plain')] = 1;
      @log('private') #p = print('p');
      @log('private method') #pm() {}
      @log('static private') static #sp() {}
      @log('private auto') accessor #pa = print('pa');
      static { print('block'); }
    }
    print('made'); new A();`,
    prints: [
      'evaluate class 1',
      'evaluate class 2',
      'heritage',
      'evaluate field 1',
      'evaluate field 2',
      'evaluate static field',
      'evaluate method',
      'evaluate static method',
      'evaluate getter',
      'evaluate setter',
      'evaluate auto',
      'evaluate static auto',
      'evaluate computed',
      'key c',
      'key plain',
      'evaluate private',
      'evaluate private method',
      'evaluate static private',
      'evaluate private auto',
      'call static method function method sm true false',
      'call static auto object accessor sa true false',
      'call static private function method #sp true true',
      'call method function method m false false',
      'call getter function getter g false false',
      'call setter function setter g false false',
      'call auto object accessor a false false',
      'call computed function method c false false',
      'call private method function method #pm false true',
      'call private auto object accessor #pa false true',
      'call static field undefined field s true false',
      'call field 2 undefined field x false false',
      'call field 1 undefined field x false false',
      'call private undefined field #p false true',
      'call class 2 function class A undefined undefined',
      'call class 1 function class A undefined undefined',
      's',
      'sa',
      'block',
      'made',
      'x',
      'a',
      'p',
      'pa',
    ],
  },
  'a method is replaced': {
    source: `const twice = (f: any) => function (this: any, ...args: any[]) { return f.apply(this, args) + f.apply(this, args); };
    class A { n = 1; @twice m(k: number) { return this.n + k; } @twice static s() { return 'a'; } @twice get g() { return this.n; } @twice #p() { return 'p'; } p() { return this.#p(); } }
    const a = new A(); print(a.m(2), A.s(), a.g, a.p(), Object.keys(A.prototype).length);`,
    prints: ['6 aa 2 pp 0'],
  },
  'a field and its initialisers': {
    source: `const plus = (n: number) => (_: any, c: any) => function (this: any, v: any) { print(c.name, n, v, typeof this); return (v ?? 0) * 10 + n; };
    class A { @plus(1) @plus(2) x = 5; @plus(3) y; @plus(4) static s = 1; @plus(5) #z = 6; get z() { return this.#z; } ['w'] = this.x; }
    const a = new A(); print(a.x, a.y, A.s, a.z, a.w);`,
    prints: [
      's 4 1 function',
      'x 1 5 object',
      'x 2 51 object',
      'y 3 undefined object',
      '#z 5 6 object',
      '512 3 14 65 512',
    ],
  },
  'an auto-accessor': {
    source: `const loud = ({ get, set }: any, c: any) => ({ get() { print('get', c.name); return get.call(this); }, set(v: any) { print('set', v); set.call(this, v); }, init(v: any) { return v + 1; } });
    class A { @loud accessor x = 1; @loud @loud static accessor s = 5; @loud accessor #p = 9; get p() { return this.#p; } set p(v) { this.#p = v; } }
    const a = new A(); print(a.x); a.x = 7; print(a.x, A.s, a.p); a.p = 3; print(a.p);`,
    prints: ['get x', '2', 'set 7', 'get x', 'get s', 'get s', 'get #p', '7 7 10', 'set 3', 'get #p', '3'],
  },
  'a class is replaced': {
    source: `const counted = (C: any) => class extends C { static made = 0; constructor(...args: any[]) { super(...args); counted2(); } }; let n = 0; const counted2 = () => n++;
    @counted class A { static self = () => A; static me = this; v; constructor(v: number) { this.v = v; } same() { return A; } }
    const a = new A(4); print(a.v, n, A.self() === A, (A as any).me === A, a.same() === A, (A as any).made, a instanceof A);`,
    prints: ['4 1 true true true 0 true'],
  },
  'added initialisers': {
    source: `const add = (name: string) => (_: any, c: any) => c.addInitializer(function (this: any) { print('added', name, typeof this, this?.ready); });
    @add('class') class A { ready = true; @add('method') m() {} @add('field') x = print('x'); @add('auto') accessor y = print('y'); @add('static') static s() {} @add('static field') static f = print('f'); static { print('block'); } constructor() { print('constructor'); } }
    print('made'); new A(); class B extends A { @add('b') m() {} constructor() { print('before'); super(); print('after'); } } new B();`,
    prints: [
      'added static function undefined',
      'f',
      'added static field function undefined',
      'block',
      'added class function undefined',
      'made',
      'added method object undefined',
      'x',
      'added field object true',
      'y',
      'added auto object true',
      'constructor',
      'before',
      'added method object undefined',
      'x',
      'added field object true',
      'y',
      'added auto object true',
      'constructor',
      'added b object true',
      'after',
    ],
  },
  'access to members': {
    source: `const seen: any[] = []; const see = (_: any, c: any) => void seen.push(c);
    class A { @see x = 1; @see #y = 2; @see m() { return 3; } @see #n() { return 4; } @see get g() { return 5; } @see set g(v) {} @see accessor a = 6; @see static #s = 7; static { print(seen.at(-2) === undefined); } }
    const a = new A();
    for (const c of seen) { const on = c.static ? A : a; print(c.kind, c.name, Object.keys(c.access).sort().join(), c.access.has(on), c.access.has({}), c.access.get ? typeof c.access.get(on) : '-'); }
    seen[0] && (seen.find((c) => c.name === 'x').access.set(a, 50), print(a.x));`,
    prints: [
      'false',
      'method m get,has true false function',
      'method #n get,has true false function',
      'getter g get,has true false number',
      'setter g has,set true false -',
      'accessor a get,has,set true false number',
      'field #s get,has,set true false number',
      'field x get,has,set true false number',
      'field #y get,has,set true false number',
      '50',
    ],
  },
  'the receiver of a decorator': {
    source: `const o = { n: 'o', dec(this: any, _: any, c: any) { print(this.n, c.name); }, make(this: any) { return (_: any, c: any) => print('made', this.n, c.name); } };
    class A { @o.dec x; @o.make() y; @(o['dec']) z; }`,
    prints: ['o x', 'made o y', 'o z'],
  },
  'what a decorator may not do': {
    source: `let late: any; const bad = (value: any) => () => value; const attempt = (f: () => void) => { try { f(); print('fine'); } catch (e) { print(e instanceof TypeError); } };
    attempt(() => { class A { @bad(1) m() {} } }); attempt(() => { class A { @bad('x') f; } }); attempt(() => { class A { @bad(1) accessor a; } }); attempt(() => { @bad({}) class A {} });
    attempt(() => { class A { @((_: any, c: any) => { late = c; }) m() {} } late.addInitializer(() => {}); });
    attempt(() => { class A { @((_: any, c: any) => c.addInitializer(1)) m() {} } }); attempt(() => { class A { @(1 as any) m() {} } }); attempt(() => { class A { @bad(undefined) m() {} } });`,
    prints: ['true', 'true', 'true', 'true', 'true', 'true', 'true', 'fine'],
  },
  'metadata is shared and inherited': {
    source: `const note = (_: any, c: any) => { c.metadata[c.name] = true; };
    @note class A { @note x; } class B extends A { @note y; } const of = (C: any) => C[(Symbol as any).metadata ?? Symbol.for('Symbol.metadata')];
    print(Object.keys(of(A)).sort().join(), Object.keys(of(B)).join(), of(B).x, Object.getPrototypeOf(of(B)) === of(A));`,
    prints: ['A,x y true true'],
  },
  'class expressions and names': {
    source: `const tell = (C: any, c: any) => print(c.name, C.name); const named = @tell class {}; const own = @tell class Inner { static n = Inner.name; }; print(named.name, own.n); const o = { p: @tell class {} };`,
    prints: ['named named', 'Inner Inner', 'named Inner', 'p p'],
  },
};

describe.each(Object.entries(PROGRAMS))('decorators: %s', (_name, { source, prints }) => {
  test('print what TypeScript makes of it, however often the program is suspended', () => {
    const code = `import { print } from 'interleave'; ${source}`;
    expect(runAll(code, 1_000_000).host.lines).toEqual(prints);
    expect(runAll(code, 1).host.lines).toEqual(prints);
    expect(runAll(code, 1_000_000, true).host.lines).toEqual(prints);
  });
});

test('a decorator can be suspended in the middle, at a turn of its loop', () => {
  const code = `import { print } from 'interleave';
    const slow = (value: unknown, { name }: any) => { let sum = 0; for (let i = 0; i < 50; i++) sum += i; print(name, sum); };
    @slow class A { @slow m() {} }`;
  const { host, resumes } = runAll(code, 64);
  expect(host.lines).toEqual(['m 1225', 'A 1225']);
  expect(resumes).toBeGreaterThan(10);
});

test('the text of a decorated method begins after its decorators', () => {
  const code = `import { print } from 'interleave'; const d = () => {}; class A { @d /* why */ @d m() { return 1; } } print(A.prototype.m.toString());`;
  expect(runAll(code, 1_000_000).host.lines).toEqual(['m() { return 1; }']);
});
