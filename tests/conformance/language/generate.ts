/**
 * Random programs over the whole language. They end, print what they do as they do it, and mean the same everywhere: what Node prints is what a
 * snippet has to print.
 */
import { Definitions } from './definitions.ts';
import type { Names, Place } from './expressions.ts';
import { IDIOMS, WAITING } from './idioms.ts';

const MAX_DEPTH = 4;
const STATEMENTS = 26;

/** What every program begins with. */
const PRELUDE = `
let left: number = 4000;
/** Every function and turn pays, so that the program ends. */
const spend = (): number => { if (--left < 0) throw new RangeError('spent'); return left; };
const p = (label: string, value: any): any => { console.log(label, typeof value === 'object' || typeof value === 'function' ? typeof value : value); return value; };
const tag = (parts: TemplateStringsArray, ...values: any[]): number => parts.raw.join('').length + values.length;
const later = (value: any): Promise<any> => new Promise((resolve) => setTimeout(resolve, 0, value));
const holder: any = { a: 1, b: 2, list: [1, 2, 3], deep: { a: 3 } };
const attempt = (label: string, body: () => any): void => {
  try { p(label, body()); } catch (error: any) { console.log(label, 'threw', wholeError(error)); }
};
/** Engines have many words for these. */
const WORDS = /iterable|destructure|reading|iterator/i;
/** An object whose properties tell who looks. */
const watched = (label: string, target: any): any => new Proxy(target, {
  get: (object, key, receiver) => { if (typeof key === 'string') console.log(label, 'get', key); return Reflect.get(object, key, receiver); },
  has: (object, key) => { console.log(label, 'has', String(key)); return Reflect.has(object, key); },
  ownKeys: (object) => { console.log(label, 'keys'); return Reflect.ownKeys(object); },
  set: (object, key, value) => { console.log(label, 'set', String(key)); return Reflect.set(object, key, value); },
  deleteProperty: (object, key) => { console.log(label, 'delete', String(key)); return Reflect.deleteProperty(object, key); },
});
/** An iterator that tells how it is used. */
const counted = (label: string, count: number): any => ({
  at: 0,
  [Symbol.iterator]() { return this; },
  next(value: any) { console.log(label, 'next', value); return { done: this.at >= count, value: ++this.at }; },
  return(value: any) { console.log(label, 'return', value); return { done: true, value }; },
  ...(count > 1 && { throw(error: any) { console.log(label, 'throw', String(error)); return { done: true, value: 7 }; } }),
});
const resource = (label: string, fails: boolean): any => ({
  [Symbol.dispose]() { console.log('dispose', label); if (fails) throw new Error('disposal of ' + label); },
  async [Symbol.asyncDispose]() { await null; console.log('dispose later', label); if (fails) throw new Error('later ' + label); },
});
const wholeError = (error: any): string => error instanceof SuppressedError
  ? 'suppressed(' + wholeError(error.error) + ', ' + wholeError(error.suppressed) + ')' : error instanceof Error ? error.name + (WORDS.test(error.message) ? '' : ': ' + error.message) : String(error);
/** Drives an iterator by a list of what to do. */
const drive = (label: string, iterator: any, steps: string): void => {
  for (const step of steps) try {
    const { value, done } = step === 'n' ? iterator.next(steps.length) : step === 't' ? iterator.throw(new Error('thrown in')) : iterator.return(5);
    console.log(label, step, value, done);
  } catch (error: any) { console.log(label, step, 'threw', wholeError(error)); }
};
`;

const NOTHING: Names = {
  ...{
    numbers: [],
    constants: [],
    lists: ['holder.list'],
    objects: ['holder'],
    functions: [],
    iterables: [],
  },
  ...{ asyncs: [], streams: [], classes: [] },
};

/** The program of a seed. */
export function generate(seed: number): string {
  return new Programs(seed).program();
}

/** A program with each idiom once. */
export function everyIdiom(seed: number): string {
  return new Programs(seed).everyIdiom();
}

const MODULE: Place = {
  names: NOTHING,
  ...{ depth: 0, canAwait: true, canYield: false, labels: [], inLoop: false, inFunction: false },
};

class Programs extends Definitions {
  program(): string {
    return `${PRELUDE}\n${this.#block(MODULE, STATEMENTS, true)}\nconsole.log('end', left > 0);\n`;
  }

  everyIdiom(): string {
    const statements = [...IDIOMS, ...WAITING].map((text) =>
      this.#idiom(text, { ...MODULE, depth: MAX_DEPTH }),
    );
    return `${PRELUDE}\n${statements.join('\n')}\nconsole.log('end', left > 0);\n`;
  }

  protected override body(place: Place): string {
    if (place.depth > MAX_DEPTH) return `return ${this.number(place)};`;
    return `${this.#block(place, 1 + this.chance.below(3), false)} return ${this.number(place)};`;
  }

  /** Statements, of which the later see what the earlier declare. */
  #block(place: Place, count: number, isModule: boolean): string {
    let { names } = place;
    const lines: string[] = [];
    const declare = (kind: keyof Names, stem: string, make: (name: string, at: Place) => string): void => {
      const name = this.fresh(stem);
      lines.push(make(name, { ...place, names }));
      names = { ...names, [kind]: [...names[kind], name] };
    };
    for (let i = 0; i < count; i++) {
      const at = { ...place, names };
      const inner = this.deeper(at);
      const declarations: (() => void)[] = [
        () =>
          declare(
            'numbers',
            'n',
            (name, where) =>
              `${this.chance.pick(['let', 'let', 'var'])} ${name}: any = ${this.number(this.deeper(where))};`,
          ),
        () =>
          declare(
            'constants',
            'c',
            (name, where) => `const ${name}: any = ${this.number(this.deeper(where))};`,
          ),
        () =>
          declare('lists', 'l', (name, where) => `const ${name}: any[] = ${this.list(this.deeper(where))};`),
        () =>
          declare(
            'objects',
            'o',
            (name, where) => `const ${name}: any = ${this.object(this.deeper(where))};`,
          ),
      ];
      if (place.depth < 3) {
        declarations.push(
          () => declare('functions', 'f', (name, where) => this.function(where, name)),
          () => declare('iterables', 'g', (name, where) => this.generator(where, name)),
          () => declare('classes', 'C', (name, where) => this.class(where, name)),
        );
        if (isModule)
          declarations.push(
            () => declare('functions', 'f', (name, where) => this.function(where, name)),
            () => declare('asyncs', 'later', (name, where) => this.async(where, name)),
            () => declare('streams', 'stream', (name, where) => this.stream(where, name)),
            () => lines.push(this.#typescript(inner)),
          );
      }
      if (this.chance.is(0.5)) this.chance.pick(declarations)();
      else lines.push(this.#statement(at));
    }
    return lines.join(isModule ? '\n' : ' ');
  }

  #statement(place: Place): string {
    const { chance } = this;
    const inner = this.deeper(place);
    if (place.depth > MAX_DEPTH) return `p('${this.fresh('p')}', ${this.number(place)});`;
    const block = (at: Place = inner) => `{ ${this.#block(at, 1 + chance.below(2), false)} }`;
    const closed = { ...this.closed(inner), inLoop: false, labels: [] };
    const makers: (() => string)[] = [
      () => `p('${this.fresh('p')}', ${this.number(inner)});`,
      () => `attempt('${this.fresh('t')}', () => ${this.number(closed)});`,
      () => `attempt('${this.fresh('t')}', () => ${this.#wrong(closed)});`,
      () => `if (${this.condition(inner)}) ${block()} else ${block()}`,
      () => this.#loop(inner),
      () => this.#loop(inner),
      () => this.#switch(inner),
      () => this.#try(inner),
      () => this.#try(inner),
      () => this.#destructuring(inner),
      () => this.#using(inner),
      () => this.#closures(inner),
      () => block(),
      () => this.#idiom(chance.pick(IDIOMS), inner),
      () => this.#idiom(chance.pick(IDIOMS), inner),
    ];
    if (place.canAwait && !place.canYield) makers.push(() => this.#idiom(chance.pick(WAITING), inner));
    const { iterables, streams, asyncs } = place.names;
    if (iterables.length > 0)
      makers.push(
        () =>
          `drive('${this.fresh('d')}', ${chance.pick(iterables)}(${this.number(inner)}), '${this.#steps()}');`,
      );
    if (place.canAwait && !place.canYield) {
      if (streams.length > 0)
        makers.push(
          () =>
            `for await (const one of ${chance.pick(streams)}(1)) { spend(); p('${this.fresh('s')}', one); ${chance.is(0.3) ? 'break;' : ''} }`,
        );
      if (asyncs.length > 0)
        makers.push(
          () =>
            `p('${this.fresh('a')}', (await Promise.allSettled([${chance.pick(asyncs)}(1), ${chance.pick(asyncs)}(2, 3)])).map((r: any) => r.status + (r.value ?? wholeError(r.reason))).join());`,
        );
    }
    if (place.inLoop)
      makers.push(
        () =>
          `if (${this.condition(inner)}) ${chance.pick(['break', 'continue'])}${chance.pick(['', ...place.labels.map((l) => ` ${l}`)])};`,
      );
    if (place.inFunction) makers.push(() => `if (${this.condition(inner)}) return ${this.number(inner)};`);
    return this.oneOf(makers);
  }

  /** What fails, in ways that engines have words for. */
  #wrong(place: Place): string {
    const sub = () => this.number(this.deeper(place));
    return this.oneOf([
      () => `(${this.object(place)} as any).missing.deeper + ${sub()}`,
      () => `holder.missing(${sub()})`,
      () => `(holder.deep.nothing as any)[${sub()}].x`,
      () => `new (holder.a as any)(${sub()})`,
      () => `(() => { const { x: { y } }: any = { x: null }; return y; })()`,
      () => `(() => { const [a]: any = ${sub()}; return a; })()`,
      () => `(() => { const fixed: any = ${sub()}; (fixed as any) += 1; return fixed; })()`,
      () => `(() => { early; let early: any = 1; return early; })()`,
      () => `(() => { throw { value: ${sub()} }; })()`,
      () => `null! + ((undefined as any).x ?? ${sub()})`,
      () => `Object.defineProperty(Object.freeze({ q: 1 }), 'q', { value: ${sub()} + 5 })`,
      () => `(Object.freeze([1, 2]) as any).push(${sub()})`,
      () => `(5n as any) + ${sub()}`,
      () => `Symbol('s') as any * ${sub()}`.replace(/^(.*)$/s, '($1)'),
      () => `[...(${sub()} as any)]`,
      () => `new Map([${sub()}] as any)`,
      () => `(class { static #p = 1; static of(o: any): any { return o.#p; } }).of({ z: ${sub()} })`,
    ]);
  }

  #loop(place: Place): string {
    const { chance } = this;
    const label = chance.is(0.4) ? this.fresh('outer') : null;
    const labels = label === null ? place.labels : [...place.labels, label];
    const variable = this.fresh('v');
    const names = { ...place.names, constants: [...place.names.constants, variable] };
    const inside = { ...place, names, labels, inLoop: true };
    const body = (at: Place) => `{ spend(); ${this.#block(at, 1 + chance.below(2), false)} }`;
    const keys = this.fresh('k');
    const loop = this.oneOf([
      () => `for (let ${variable} = 0; ${variable} < ${1 + chance.below(4)}; ${variable}++) ${body(inside)}`,
      () => `for (const ${variable} of ${this.iterable(place)}) ${body(inside)}`,
      () =>
        `for (const [${keys}, ${variable} = 4] of Object.entries(${this.object(place)}) as any) { p('${keys}', ${keys}); ${this.#block({ ...inside, names: place.names }, 1, false)} }`,
      () =>
        `for (const ${keys} in ${this.object(place)}) { spend(); p('${keys}', ${keys}); ${this.#block({ ...inside, names: place.names }, 1, false)} }`,
      () => `for (let ${variable} = 3, step = 1; (${variable} -= step) > 0; ) ${body(inside)}`,
    ]);
    const times = this.fresh('w');
    const counted = this.oneOf([
      () => loop,
      () => loop,
      () => loop,
      () => `while (${times}++ < ${1 + chance.below(3)}) ${body({ ...inside, names: place.names })}`,
      () => `do ${body({ ...inside, names: place.names })} while (${times}++ < ${1 + chance.below(3)});`,
    ]);
    const head = counted === loop ? '' : `let ${times}: any = 0; `;
    return `${head}${label === null ? '' : `${label}: `}${counted}`;
  }

  #switch(place: Place): string {
    const { chance } = this;
    const cases = chance.several(2 + chance.below(3), (i) => {
      const test = chance.is(0.25) ? null : this.number(this.deeper(place));
      const body = `${this.#block({ ...place, depth: place.depth + 1 }, 1, false)} ${chance.is(0.5) ? 'break;' : ''}`;
      return { test, body: chance.is(0.3) ? `let s${i}: any = ${i}; p('s', s${i}); ${body}` : body };
    });
    let hasDefault = false;
    const code = cases.map(({ test, body }) => {
      const isDefault = test === null && !hasDefault;
      hasDefault ||= isDefault;
      return `${isDefault ? 'default' : `case ${test ?? this.number(this.deeper(place))}`}: ${body}`;
    });
    return `switch (${this.number(place)} % 3) { ${code.join(' ')} }`;
  }

  #try(place: Place): string {
    const { chance } = this;
    const error = this.fresh('x');
    const thrown = this.oneOf([
      () => `throw ${this.number(place)};`,
      () => `throw new TypeError('made ' + ${this.number(place)}, { cause: ${this.number(place)} });`,
      () => `p('never', ${this.#wrong(this.closed(place))});`,
      () => '',
    ]);
    const body = `${this.#block(place, 1, false)} ${thrown}`;
    const handler = `catch (${error}: any) { console.log('${error}', wholeError(${error})); ${this.#block(place, 1, false)} }`;
    const last = `finally { console.log('${this.fresh('finally')}'); ${chance.is(0.3) ? this.#block({ ...place, inFunction: false, inLoop: false }, 1, false) : ''} }`;
    return this.oneOf([
      () => `try { ${body} } ${handler}`,
      () => `try { ${body} } ${handler} ${last}`,
      () => `try { try { ${body} } ${last} } ${handler}`,
      () => `try { ${body} } catch { console.log('dropped'); } ${last}`,
    ]);
  }

  #destructuring(place: Place): string {
    const [a, b, c] = [this.fresh('a'), this.fresh('b'), this.fresh('c')];
    const sub = () => this.number(this.deeper(place));
    const pattern = this.oneOf([
      () =>
        `const { a: ${a} = ${sub()}, deep: { a: ${b} = ${sub()}, ...${c} } = {} as any }: any = ${this.object(place)};`,
      () =>
        `let [${a} = ${sub()}, [${b}, ...${c}] = [1, 2, 3] as any]: any = ${this.iterable(place)} as any;`,
      () =>
        `var { [p('${this.fresh('k')}', 'a')]: ${a} = ${sub()}, b: ${b} = ${a}, ...${c} }: any = ${this.object(place)};`,
      () =>
        `let ${a}: any, ${b}: any, ${c}: any; [${a}, , ${b} = ${sub()}, ...${c}] = ${this.iterable(place)} as any;`,
      () =>
        `let ${a}: any, ${b}: any, ${c}: any; ({ a: ${a}, b: ${b} = ${sub()}, deep: [${c}] = [${sub()}] } = { ...${this.object(place)}, deep: undefined });`,
    ]);
    return `try { ${pattern} console.log('${a}', ${a}, ${b}, JSON.stringify(${c})); } catch (error: any) { console.log('${a}', wholeError(error)); }`;
  }

  #using(place: Place): string {
    const { chance } = this;
    const kind = place.canAwait && chance.is(0.5) ? 'await using' : 'using';
    const one = () => `${kind} ${this.fresh('u')} = resource('${this.fresh('r')}', ${chance.is(0.3)});`;
    const thrown = chance.is(0.3) ? `throw new Error('body ' + ${this.number(place)});` : '';
    return `try { ${one()} ${this.#block(place, 1, false)} ${chance.is(0.5) ? one() : ''} ${thrown} } catch (error: any) { console.log('using', wholeError(error)); }`;
  }

  /** Closures made in a loop, called after it. */
  #closures(place: Place): string {
    const [list, i] = [this.fresh('made'), this.fresh('i')];
    const closed = this.closed(this.deeper(place));
    const make = `${list}.push((n: any = 1) => (${i} += n) + ${this.number(closed)})`;
    const loop = this.oneOf([
      () => `for (let ${i}: any = 0; ${i} < 3; ${i}++) ${make};`,
      () => `for (let ${i} of [1, 2]) ${make};`,
      () => `for (var ${i}: any = 0; ${i} < 2; ${i}++) ${make};`,
    ]);
    return `const ${list}: any[] = []; ${loop} console.log('${list}', ${list}.map((f) => f()), ${list}.map((f) => f(2)));`;
  }

  /** The forms of TypeScript that are there at run time. */
  #typescript(place: Place): string {
    const name = this.fresh('T');
    const sub = () => this.number(this.closed(place));
    return this.oneOf([
      () =>
        `enum ${name} { A, B = 5, C, D = 'd'.length, E = A | C } console.log(${name}.C, ${name}[5], ${name}[${name}.E], Object.keys(${name}).length);`,
      () =>
        `namespace ${name} { export let x: any = ${sub()}; export const f = (n: any): any => (x += n); export class K { y = x; } } console.log(${name}.f(1), ${name}.x, new ${name}.K().y);`,
      () =>
        `class ${name} { z: any = this.a; constructor(public a: any = ${sub()}, readonly b: any = 2, private c = a + b) { console.log(this.z, this.c); } } console.log(Object.keys(new ${name}(3)).join());`,
    ]);
  }

  #idiom(text: string, place: Place): string {
    const name = this.fresh('q');
    return text
      .replaceAll(/\$\d/g, () => this.number(this.closed(this.deeper(place))))
      .replaceAll('@', () => name);
  }

  #steps(): string {
    return this.chance
      .several(2 + this.chance.below(4), () => this.chance.pick(['n', 'n', 'n', 't', 'r']))
      .join('');
  }
}
