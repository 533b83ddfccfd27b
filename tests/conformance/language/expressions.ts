/** Random expressions. Each is made for the names in reach and has an effect that can be seen, or none. */
import { Chance } from '../chance.ts';

/** The names a piece of code can use, by what they hold. */
export interface Names {
  /** Numbers that can be assigned to. */
  readonly numbers: readonly string[];
  readonly constants: readonly string[];
  /** Arrays of numbers; objects with the properties `a`, `b` and `deep`. */
  readonly lists: readonly string[];
  readonly objects: readonly string[];
  /** Functions from numbers to a number. */
  readonly functions: readonly string[];
  /** Functions that give iterators of numbers. */
  readonly iterables: readonly string[];
  /** Async functions from numbers to a promise of one; async generators. */
  readonly asyncs: readonly string[];
  readonly streams: readonly string[];
  /** Classes whose instances have `value`, `add(n)`, `next` and are iterable. */
  readonly classes: readonly string[];
}

/** What may be written where the code stands. */
export interface Place {
  readonly names: Names;
  readonly depth: number;
  /** In the body of an async function or of the module. */
  readonly canAwait: boolean;
  /** In the body of a generator. */
  readonly canYield: boolean;
  /** Labels of loops around it; whether there are loops at all. */
  readonly labels: readonly string[];
  readonly inLoop: boolean;
  readonly inFunction: boolean;
}

const MAX_DEPTH = 4;
const OPERATORS = ['+', '-', '*', '&', '|', '^', '<<', '>>', '>>>', '%'];

/** Makes expressions. */
export class Expressions {
  protected readonly chance: Chance;
  #count = 0;

  constructor(seed: number) {
    this.chance = new Chance(seed);
  }

  /** A name that nobody has yet. */
  protected fresh(stem: string): string {
    return `${stem}${++this.#count}`;
  }

  protected oneOf(makers: readonly (() => string)[]): string {
    return this.chance.pick(makers)();
  }

  /** Inside a function of its own that is neither async nor a generator. */
  protected closed(place: Place): Place {
    return { ...place, canAwait: false, canYield: false };
  }

  protected deeper(place: Place): Place {
    return { ...place, depth: place.depth + 1 };
  }

  /** An expression whose value is a number. */
  number(place: Place): string {
    const { chance } = this;
    const { names } = place;
    if (place.depth > MAX_DEPTH) return this.#simple(names);
    const inner = this.deeper(place);
    const sub = () => this.number(inner);
    const plain = () => this.number(this.closed(inner));
    const makers: (() => string)[] = [
      () => this.#simple(names),
      () => this.#simple(names),
      () => `((${sub()}) ${chance.pick(OPERATORS)} (${sub()})) % 1009`,
      () => `(${this.condition(inner)} ? ${sub()} : ${sub()})`,
      () => `p('${this.fresh('e')}', ${sub()})`,
      () => `(${sub()}, ${sub()})`,
      () => `+${this.text(inner)}.length`,
      () => `(${this.object(inner)}?.a ?? ${sub()})`,
      () =>
        `(${this.object(inner)}.deep?.${chance.pick(['a', 'missing', "['a']", 'list?.[1]'])} ?? ${sub()})`,
      () => `${this.list(inner)}[${chance.below(3)}]!`,
      () => `${this.list(inner)}.reduce((x, y) => (x + y) % 1009, ${sub()})`,
      () => `${this.list(inner)}.map((x) => x + ${plain()}).filter((x) => x % 2 === 0).length`,
      () => `Math.max(...${this.list(inner)}, ${sub()})`,
      () => `(({ a = ${plain()}, ...rest }) => a + Object.keys(rest).length)(${this.object(inner)} as any)`,
      () => `(([x = ${plain()}, , y = x] : any) => x + y)([${sub()}, 1])`,
      () =>
        `(function (this: any) { return arguments.length + (this?.a ?? ${plain()}); }).call(${this.object(inner)}, ...(${this.list(inner)} as []))`,
      () => `tag\`a\${${sub()}}b\${${sub()}}\``,
      () => `Number(${this.object(inner)}) % 1009`,
      () => `[...${this.iterable(inner)}].length`,
      () => `Reflect.get(watched('${this.fresh('w')}', ${this.object(inner)}), 'a') % 1009`,
      () => `(delete (${this.object(inner)} as any).${chance.pick(['a', 'c'])} ? ${sub()} : 0)`,
    ];
    if (names.numbers.length > 0)
      makers.push(
        () => this.assignment(inner),
        () => this.assignment(inner),
      );
    if (names.functions.length > 0) makers.push(() => `${chance.pick(names.functions)}(${sub()}, ${sub()})`);
    if (names.classes.length > 0)
      makers.push(
        () => `new ${chance.pick(names.classes)}(${sub()}).add(${sub()})`,
        () => `${chance.pick(names.classes)}.make(${sub()}).value`,
        () =>
          `${chance.pick(names.classes)}.isOne(${chance.pick(names.classes)}.make(1)) ? ${sub()} : 2`.replace(
            /^(.*)$/,
            '($1)',
          ),
      );
    if (place.canAwait) {
      makers.push(() =>
        `await ${this.oneOf([sub, () => `Promise.resolve(${sub()})`, () => `later(${sub()})`])}`.replace(
          /^(.*)$/,
          '($1)',
        ),
      );
      if (names.asyncs.length > 0) makers.push(() => `(await ${chance.pick(names.asyncs)}(${sub()}, 1))`);
    }
    if (place.canYield) makers.push(() => `((yield ${sub()}) ?? ${sub()})`);
    return this.oneOf(makers);
  }

  #simple({ numbers, constants }: Names): string {
    const names = [...numbers, ...constants];
    return names.length > 0 && this.chance.is(0.6)
      ? this.chance.pick(names)
      : String(this.chance.below(12) - 2).replace(/^-.*/, '($&)');
  }

  /** An assignment to a number, a property or an element. */
  assignment(place: Place): string {
    const { chance } = this;
    const { names } = place;
    const name = chance.pick(names.numbers);
    const value = () => this.number(this.deeper(place));
    return this.oneOf([
      () => `(${name} = ${value()})`,
      () =>
        `(${name} ${chance.pick(['+=', '-=', '*=', '|=', '^=', '&&=', '||=', '??='])} ${value()}, ${name} %= 1009)`,
      () => chance.pick([`${name}++`, `++${name}`, `${name}--`, `--${name}`]),
      () => `([${name}, holder.a = ${value()}] = [${value()}] as any, ${name})`,
      () =>
        `({ a: ${name}, ['b']: holder.list[${chance.below(3)}] = ${value()} } = ${this.object(this.deeper(place))} as any, ${name} ??= 1)`,
      () =>
        `(holder.${chance.pick(['a', 'b'])} ${chance.pick(['=', '+=', '??=', '||=', '&&='])} ${value()}) % 1009`,
      () => `(holder.list[${chance.below(4)}] = ${value()})`,
    ]);
  }

  condition(place: Place): string {
    const inner = this.deeper(place);
    const sub = () => this.number(inner);
    return this.oneOf([
      () => `${sub()} ${this.chance.pick(['<', '>', '<=', '!==', '==='])} ${sub()}`,
      () => `!(${sub()} % 2)`,
      () => `(${sub()} && ${sub()})`,
      () => `(${sub()} || ${sub()})`,
      () => `'${this.chance.pick(['a', 'zz'])}' in ${this.object(inner)}`,
      () => `typeof ${this.oneOf([sub, () => this.text(inner), () => 'undeclared'])} === 'number'`,
      () => `${this.object(inner)} instanceof Object`,
    ]);
  }

  text(place: Place): string {
    const inner = this.deeper(place);
    return this.oneOf([
      () => `'${this.chance.pick(['', 'x', 'yz', 'a-b'])}'`,
      () => `\`<\${${this.number(inner)}}>\``,
      () => `String(${this.number(inner)})`,
      () => `'a1b22'.replace(/\\d+/g, (m) => String(m.length + ${this.number(this.closed(inner))}))`,
      () => `${this.list(inner)}.join('-')`,
      () => `Object.entries(${this.object(inner)}).flat().length.toString()`,
    ]);
  }

  list(place: Place): string {
    const { chance } = this;
    const { lists } = place.names;
    const inner = this.deeper(place);
    const sub = () => this.number(inner);
    return this.oneOf([
      () => `[${sub()}, ${sub()}, 3]`,
      () => (lists.length > 0 ? chance.pick(lists) : '[1, 2, 3]'),
      () => (lists.length > 0 ? `[...${chance.pick(lists)}, ${sub()}]` : '[4]'),
      () =>
        `Array.from({ length: ${1 + chance.below(3)} }, (_, i) => i + ${this.number(this.closed(inner))})`,
      () => `[3, 1, 2].sort((x, y) => (x - y) * (${chance.pick(['1', '-1'])}))`,
    ]);
  }

  object(place: Place): string {
    const { objects } = place.names;
    if (place.depth > MAX_DEPTH || this.chance.is(0.4))
      return objects.length > 0 ? this.chance.pick(objects) : 'holder';
    const inner = this.deeper(place);
    const sub = () => this.number(inner);
    return this.oneOf([
      () => `({ a: ${sub()}, b: ${sub()} } as any)`,
      () =>
        `({ get a() { return ${this.number({ ...inner, canAwait: false, canYield: false })}; }, deep: { a: ${sub()} } } as any)`,
      () => `({ ...${this.object(inner)}, ['b' + '']: ${sub()} } as any)`,
      () => `({ a: ${sub()}, valueOf() { return this.a; }, deep: { list: ${this.list(inner)} } } as any)`,
      () => `watched('${this.fresh('w')}', { a: ${sub()} } as any)`,
      () =>
        `Object.assign({ a: 1 }, ${this.object(inner)}, { b: ${sub()} }) as any`.replace(/^(.*)$/s, '($1)'),
    ]);
  }

  /** Something that can be iterated over. */
  iterable(place: Place): string {
    const { iterables, classes } = place.names;
    const inner = this.deeper(place);
    return this.oneOf([
      () => this.list(inner),
      () => (iterables.length > 0 ? `${this.chance.pick(iterables)}(${this.number(inner)})` : '[1, 2]'),
      () => (classes.length > 0 ? `new ${this.chance.pick(classes)}(${this.number(inner)})` : '[1, 2]'),
      () => `new Set([${this.number(inner)}, 1, 1])`,
      () => `counted('${this.fresh('i')}', ${1 + this.chance.below(3)})`,
      () => `new Map([[${this.number(inner)}, 1]]).keys()`,
    ]);
  }
}
