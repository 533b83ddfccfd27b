/** Random functions, generators and classes. */
import { Expressions, type Place } from './expressions.ts';

/** Makes definitions; statements for their bodies come from whoever extends it. */
export abstract class Definitions extends Expressions {
  /** Statements for a body that ends with `return` of a number. */
  protected abstract body(place: Place): string;

  /** Parameters of every kind, with the names they declare. */
  #parameters(place: Place): { readonly list: string; readonly names: readonly string[] } {
    const [a, b, c] = [this.fresh('a'), this.fresh('b'), this.fresh('c')];
    const value = () => this.number(this.closed(this.deeper(place)));
    const list = this.oneOf([
      () => `${a}: any, ${b}: any = ${value()}, ${c}: any = ${a}`,
      () => `${a} = ${value()}, ...[${b} = ${value()}, ${c} = 2]: any[]`,
      () => `${a}: any = 1, { length: ${b} = ${value()}, ['x']: ${c} = ${b} }: any = []`,
      () =>
        `${a}: any = ${value()}, ${b}: any = () => ${a}, ${c}: any = typeof ${b} === 'function' ? ${b}() : ${b}`,
    ]);
    return { list, names: [a, c] };
  }

  #inside(place: Place, names: readonly string[], kinds: Partial<Place>): Place {
    const numbers = [...place.names.numbers, ...names];
    return {
      ...this.deeper(place),
      canAwait: false,
      canYield: false,
      ...kinds,
      labels: [],
      inLoop: false,
      inFunction: true,
      names: { ...place.names, numbers },
    };
  }

  /** A function from numbers to a number. */
  function(place: Place, name: string): string {
    const { list, names } = this.#parameters(place);
    const body = () => `spend(); ${this.body(this.#inside(place, names, {}))}`;
    return this.oneOf([
      () => `function ${name}(${list}): any { ${body()} }`,
      () => `const ${name} = (${list}): any => { ${body()} };`,
      () =>
        `const ${name} = function self(${list}): any { if (spend() % 7 === 0) return self.length; ${body()} };`,
      () => `const ${name}: any = { ${name}(${list}): any { ${body()} } }.${name};`,
      () => `const ${name} = ((${list}): any => (spend(), ${this.number(this.#inside(place, names, {}))}));`,
    ]);
  }

  generator(place: Place, name: string): string {
    const { list, names } = this.#parameters(place);
    const inside = this.#inside(place, names, { canYield: true });
    const part = () =>
      this.oneOf([
        () => `yield ${this.number(inside)};`,
        () => `p('${this.fresh('y')}', yield ${this.number(inside)});`,
        () => `yield* ${this.iterable(inside)};`,
        () =>
          `try { yield ${this.number(inside)}; ${this.body(inside)} } finally { console.log('${this.fresh('f')}'); ${this.chance.is(0.3) ? `yield ${this.number(inside)};` : ''} }`,
        () => `try { yield 1; } catch (error) { console.log('caught', wholeError(error)); yield 2; }`,
      ]);
    return `function* ${name}(${list}): any { spend(); ${this.chance.several(1 + this.chance.below(3), part).join(' ')} ${this.body(inside)} }`;
  }

  async(place: Place, name: string): string {
    const { list, names } = this.#parameters(place);
    const inside = this.#inside(place, names, { canAwait: true });
    const body = `spend(); ${this.body(inside)}`;
    return this.oneOf([
      () => `async function ${name}(${list}): Promise<any> { ${body} }`,
      () => `const ${name} = async (${list}): Promise<any> => { ${body} };`,
    ]);
  }

  stream(place: Place, name: string): string {
    const { list, names } = this.#parameters(place);
    const inside = this.#inside(place, names, { canAwait: true, canYield: true });
    const part = () =>
      this.oneOf([
        () => `yield ${this.number(inside)};`,
        () => `yield* ${this.iterable({ ...inside, canYield: false })};`,
        () =>
          `try { yield ${this.number(inside)}; } finally { await null; console.log('${this.fresh('f')}'); }`,
        () => `for await (const one of [later(1), ${this.number(inside)}]) yield one;`,
      ]);
    return `async function* ${name}(${list}): any { spend(); ${this.chance.several(1 + this.chance.below(3), part).join(' ')} ${this.body(inside)} }`;
  }

  /** A class whose instances have `value`, `add(n)`, `next` and are iterable. */
  class(place: Place, name: string): string {
    const { chance } = this;
    const parents = place.names.classes;
    const inside = this.#inside({ ...place, depth: place.depth + 1 }, [], {});
    const value = () => this.number({ ...inside, depth: inside.depth + 1 });
    const parent = parents.length > 0 && chance.is(0.6) ? chance.pick(parents) : null;
    const method = this.fresh('m');
    const members = [
      `value: any = ${value()};`,
      `#hidden: any = ${value()};`,
      chance.is(0.5) ? `['computed' + ${chance.below(3)}]: any = p('${this.fresh('k')}', this.value);` : '',
      chance.is(0.5) ? `static count: any = p('${this.fresh('s')}', ${value()});` : '',
      chance.is(0.5)
        ? `static #made: any = 0; static { this.#made = ${value()}; console.log('static', this.#made, this.name); }`
        : '',
      chance.is(0.5)
        ? `get #double(): any { return this.#hidden * 2; } set #double(n: any) { this.#hidden = n; } twice(): any { return (this.#double += 1) % 1009; }`
        : 'twice(): any { return 2; }',
      chance.is(0.4) ? `accessor box: any = ${value()};`.replace(/^.*$/, '') : '',
      `#${method}(n: any): any { return (n + this.#hidden) % 1009; }`,
      `add(n: any): any { spend(); this.value = this.#${method}(n); ${parent !== null && chance.is(0.7) ? `return super.add(n) + ${value()};` : `return this.value + ${value()};`} }`,
      `static isOne(one: any): boolean { return #hidden in one; }`,
      `static make(n: any): any { return new this(n); }`,
      `get next(): any { return ${value()}; } set next(n: any) { this.value = n; }`,
      `*[Symbol.iterator](): any { yield this.#hidden; try { yield ${value()}; } finally { console.log('closed ${name}'); } }`,
      chance.is(0.3)
        ? `static async wait(n: any): Promise<any> { await null; return new this(n).value; }`
        : '',
      chance.is(0.3)
        ? `toString(): string { return '${name}!' + ${parent === null ? "''" : 'super.toString().length'}; }`
        : '',
    ];
    const maker = this.oneOf([
      () => '',
      () =>
        `constructor(${parent === null ? '' : 'n: any = 1, '}...rest: any[]) { ${parent === null ? '' : `${chance.is(0.3) ? `console.log('before');` : ''} super(n, ...rest);`} console.log(new.target.name, rest.length); this.value += ${value()}; }`,
      () =>
        `constructor(n: any) { ${parent === null ? '' : `const make = () => super(n); make();`} this.#hidden = n; ${chance.is(0.2) ? 'return Object.assign(this, { extra: 1 });' : ''} }`,
    ]);
    members.splice(chance.below(members.length), 0, maker);
    const head = parent === null ? '' : ` extends ${parent}`;
    return chance.is(0.7)
      ? `class ${name}${head} { ${members.join(' ')} }`
      : `const ${name}: any = class ${chance.is(0.5) ? 'Inner' : ''}${head} { ${members.join(' ')} };`;
  }
}
