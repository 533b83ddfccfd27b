/** Random classes with decorators, which tell when they are evaluated and called and what became of what they decorate. */
import { Chance } from '../chance.ts';

const PRELUDE = `
const log = (...values: any[]) => console.log(...values);
const key = (name: string): any => (log('key', name), name);
const accesses: any[] = [];
/** What a decorator does: i adds an initialiser, a keeps the access, r replaces what it decorates. */
const dec = (label: string, does: string): any => (log('evaluated', label), (value: any, context: any) => {
  const { kind, name, static: isStatic, private: isPrivate, access, addInitializer } = context;
  log('called', label, typeof value, kind, String(name), isStatic, isPrivate);
  if (does.includes('i')) addInitializer(function (this: any) { log('initialised', label, typeof this); });
  if (does.includes('a') && kind !== 'class') accesses.push([label, access]);
  if (!does.includes('r')) return;
  switch (kind) {
    case 'method': return function (this: any, ...args: any[]) { log('wrapped', label); return value.apply(this, args); };
    case 'getter': return function (this: any) { return 'g' + value.call(this); };
    case 'setter': return function (this: any, v: any) { value.call(this, v + 1); };
    case 'field': return (v: any) => (log('field', label, v), (v ?? 0) + 10);
    case 'accessor': return {
      get(this: any) { return 'a' + value.get.call(this); },
      set(this: any, v: any) { value.set.call(this, v); },
      init: (v: any) => (v ?? 0) + 100,
    };
    default: return class extends value { extra = label; };
  }
});
`;

// The order of keys is left out: compilers define accessors late that have a place among the methods.
const CHECKS = `
const tried = (body: () => any): any => { try { return body(); } catch (error: any) { return error.name; } };
const called = (value: any, self: any): any => (typeof value === 'function' ? value.call(self) : value);
for (const C of [A, B] as any[]) {
  const o: any = new C();
  for (const k of [...new Set([...Object.getOwnPropertyNames(C.prototype), ...Object.keys(o)])].sort()) {
    if (k === 'constructor') continue;
    log(k, tried(() => called(o[k], o)), tried(() => { o[k] = 5; return o[k]; }));
  }
  for (const k of Object.getOwnPropertyNames(C).sort())
    if (!['length', 'name', 'prototype'].includes(k)) log('static', k, tried(() => called(C[k], C)));
  for (const [label, access] of accesses)
    log('access', label, Object.keys(access).join(), tried(() => access.has(o)), tried(() => typeof access.get?.(o)));
}
log('end');
`;

/** The program of a seed. */
export function generateDecorated(seed: number): string {
  const classes = new Classes(new Chance(seed));
  return `${PRELUDE}${classes.make('A', null)}\nlog('made');\n${classes.make('B', 'A')}\n${CHECKS}`;
}

class Classes {
  readonly #chance: Chance;
  #count = 0;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  make(name: string, parent: string | null): string {
    const members = this.#chance.several(2 + this.#chance.below(6), () => this.#member());
    if (this.#chance.is(0.3))
      members.push(`constructor() { ${parent ? 'super();' : ''} log('constructor ${name}'); }`);
    // Some compilers run static parts before the decorators of the class, which is too early.
    const decorators = members.some((member) => member.includes('static')) ? '' : this.#decorators();
    return `${decorators} class ${name}${parent ? ` extends ${parent}` : ''} {\n  ${members.join('\n  ')}\n}`;
  }

  #decorators(): string {
    const does = () =>
      this.#chance.several(this.#chance.below(3), () => this.#chance.pick(['i', 'r', 'a'])).join('');
    return this.#chance
      .several(this.#chance.below(3), () => `@dec('d${++this.#count}', '${does()}')`)
      .join(' ');
  }

  #member(): string {
    const chance = this.#chance;
    const id = ++this.#count;
    const isStatic = chance.is(0.3) ? 'static ' : '';
    const isPrivate = chance.is(0.25);
    const name = isPrivate
      ? `#p${id}`
      : chance.pick([`m${id}`, `m${id}`, `m${id}`, `m${id}`, `[key('k${id}')]`, `'s ${id}'`]);
    const first = chance.is(0.7) ? ` = (log('value ${id}'), ${id})` : '';
    const head = `${this.#decorators()} ${isStatic}`;
    const reader = isPrivate ? `${isStatic}get r${id}() { return this.${name}; }` : '';
    switch (chance.below(6)) {
      case 0:
        return `${head}${name}(x: any = 1) { return ${id} + x; } ${isPrivate ? `${isStatic}call${id}() { return this.${name}(2); }` : ''}`;
      case 1:
        return `${head}get ${name}() { return ${id}; } ${isPrivate ? '' : `${this.#decorators()} ${isStatic}set ${name}(v: any) { log('set', v); }`}`;
      case 2:
        return `${head}accessor ${name}: any${first}; ${reader}`;
      case 3:
        return `static { log('block ${id}'); }`;
      default:
        return `${head}${name}: any${first}; ${reader}`;
    }
  }
}
