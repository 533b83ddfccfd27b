/** What generating a program adds up: sites, functions, variables, and code that is made once for all instances. */
import { DATA_BASE } from '../addresses.ts';
import type { FunctionInfo as ProgramFunction, Site, SiteKind, VariableInfo } from '../program.ts';
import type { Node } from './ast.ts';
import type { Binding, FunctionInfo } from './scope.ts';

/** The program under construction. */
export class Unit {
  readonly source: string;
  readonly sites: Site[] = [];
  readonly functions: ProgramFunction[] = [];
  readonly variables: VariableInfo[] = [];
  /** Lines evaluated once for the program. */
  readonly prelude: string[] = [];
  /** Lines evaluated once for each instance. */
  readonly instance: string[] = [];
  private count = 0;
  private words = 0;
  private readonly addressed = new Map<Binding, string>();

  /** Loads and stores pass their values through the machine. */
  readonly isWatched: boolean;

  constructor(source: string, isWatched = false) {
    this.source = source;
    this.isWatched = isWatched;
  }

  /** A fresh number for names of the generator's own. */
  id(): number {
    return this.count++;
  }

  /** The site id of a node. */
  site(fn: FunctionInfo, node: Node, kind: SiteKind, name: string): number {
    const { line, column } = node.loc.start;
    this.sites.push({ line, column: column + 1, kind, name, function: fn.index });
    return this.sites.length - 1;
  }

  /** Methods that find addresses, one for each site: each sees few kinds of object, and is fast for them. */
  private readonly finders: string[] = [];

  /** Code that finds the address of a property by name. */
  keyFinder(name: string): (object: string) => string {
    const id = this.id();
    const key = JSON.stringify(name);
    this.finders.push(
      `static c${id}=$p.key();static k${id}($K,t){if(typeof t=="object"&&t!==null&&#r in t){const r=t.#r,c=this.c${id};if(r.layout===c.layout&&r.owner===$K)return r.base+c.offset}return $K.key(t,${key},this.c${id})}`,
    );
    return (object) => `$L.k${id}($K,${object})`;
  }

  /** Code that finds the address of an element. */
  elementFinder(object: string, index: string): string {
    const id = this.id();
    this.finders.push(
      `static e${id}($K,t,i){if(typeof t=="object"&&t!==null&&typeof i=="number"&&i>>>0===i&&#r in t){const r=t.#r;if(r.owner===$K){if(r.stride>0)return r.base+i*r.stride;if(r.elements!==null){const c=28-Math.clz32(i+8),b=r.elements[c];if(b>0)return b+(i+8-(8<<c))*8}}}return $K.element(t,i)}`,
    );
    return `$L.e${id}($K,${object},${index})`;
  }

  /**
   * Code that calls `f`. A site that calls a built-in function without any form of its own remembers it, and then
   * calls it directly.
   */
  caller(count: number): string {
    const id = this.id();
    const list = ['a', 'b', 'c']
      .slice(0, count)
      .map((a) => `,${a}`)
      .join('');
    this.finders.push(
      `static n${id}=this;static m${id}($,f,s${list}){if(f===$L.n${id}&&$.remembers)return f.call(s${list});if($L.n${id}===$L&&$.isDirect(f))$L.n${id}=f;return $.call${count}(f,s${list})}`,
    );
    return `$L.m${id}`;
  }

  /** Code that defines a field of a fixed name on `target`: a native field, put on by returning the target. */
  fieldDefiner(name: string, target: string, value: string): string {
    let definer = this.definers.get(name);
    if (definer === undefined) {
      definer = `$d${this.id()}`;
      this.definers.set(name, definer);
      this.prelude.push(`const ${definer}=class extends $p.Identity{[${JSON.stringify(name)}]=$v};`);
    }
    return `$v=${value};new ${definer}(${target});`;
  }
  private readonly definers = new Map<string, string>();

  /** The class whose private field holds objects' records. */
  marks(): string {
    return `const $L=class extends $p.Identity{#r;constructor(o,r){super(o);this.#r=r}static get(o){return #r in o?o.#r:void 0}static put(o,r){new $L(o,r)}${this.finders.join('')}};`;
  }

  /** The address of a shared variable, as an expression. */
  address(binding: Binding): string {
    let address = this.addressed.get(binding);
    if (address === undefined) {
      const { scope, node } = binding;
      const { line, column } = node.loc.start;
      if (scope.parent === null) {
        address = String(DATA_BASE + this.words++ * 8);
        this.variables.push({ name: binding.name, segment: 'data', line, column: column + 1 });
      } else {
        const segment = binding.captured ? 'heap' : 'stack';
        const make = `$.${segment === 'heap' ? 'environment' : 'stackSlots'}(${scope.slots || 1})`;
        address = `(($e${scope.id}||($e${scope.id}=${make}))+${binding.slot * 8})`;
        this.variables.push({ name: binding.name, segment, line, column: column + 1 });
      }
      this.addressed.set(binding, address);
    }
    return address;
  }
}
