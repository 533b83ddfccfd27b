/** What is at hand while one function body is generated. */
import type { Look } from '../host.ts';
import type { SiteKind } from '../program.ts';
import type { Node } from './ast.ts';
import type { FunctionInfo } from './scope.ts';
import type { Unit } from './unit.ts';

/** One generated function body: its temporaries, and what surrounds the node being generated. */
export class Context {
  readonly unit: Unit;
  readonly fn: FunctionInfo;
  /** Generate for the plain form: no suspension points, fuel checks only. */
  readonly plain: boolean;
  /** Code for `super`'s home object, and the class constructor it belongs to. */
  readonly home: string | null;
  /** Names of the private names in reach: `#x` to the helper that reaches it. */
  readonly privates: ReadonlyMap<string, string>;
  private readonly temps: string[] = [];
  private readonly free: string[] = [];
  /** Array patterns in the current statement may leave an iterator open. */
  cursors: string | null = null;
  /** Where the current scope's `using` declarations are kept. */
  resources: string | null = null;

  constructor(
    unit: Unit,
    fn: FunctionInfo,
    options: Partial<Pick<Context, 'plain' | 'home' | 'privates'>> = {},
  ) {
    this.unit = unit;
    this.fn = fn;
    this.plain = options.plain ?? false;
    this.home = options.home ?? null;
    this.privates = options.privates ?? new Map();
  }

  /** A context for a function inside this one. */
  inner(fn: FunctionInfo, options: Partial<Pick<Context, 'plain' | 'home' | 'privates'>> = {}): Context {
    return new Context(this.unit, fn, { home: this.home, privates: this.privates, ...options });
  }

  /** A temporary variable; give it back with `release` when its value has been used. */
  temp(): string {
    const free = this.free.pop();
    if (free !== undefined) return free;
    const name = `$${this.temps.length + 1}`;
    this.temps.push(name);
    return name;
  }

  release(...names: (string | null)[]): void {
    for (const name of names) if (name !== null && this.temps.includes(name)) this.free.push(name);
  }

  /** The declaration of the temporaries used so far. Call when the body is complete. */
  declarations(): string {
    return this.temps.length === 0 ? '' : `let ${this.temps.join(',')};`;
  }

  site(node: Node, kind: SiteKind, name: string, callee = name): number {
    return this.unit.site(this.fn, node, kind, name, callee);
  }

  /** Code that stops in front of an access at a fixed address. */
  touch(address: string, site: number): string {
    return this.stopAt(this.unit.addressAccess(address, site, this.isStore(site)), site);
  }

  private isStore(site: number): boolean {
    return this.unit.sites[site]?.kind === 'store';
  }

  /** Code that stops in front of the access that code `access` charges, where its value is not 0 but an address. */
  stopAt(access: string, site: number): string {
    const temp = this.temp();
    this.release(temp);
    return `(${temp}=${access})!==0&&(yield $.stop(${temp},${site}))`;
  }

  /** Code that stops in front of an access at an address that is 0 where there is none to make. */
  touchObject(address: string, site: number): string {
    const temp = this.temp();
    this.release(temp);
    const access = this.unit.addressAccess(temp, site, this.isStore(site));
    return `(${temp}=${address})!==0&&(${temp}=${access})!==0&&(yield $.stop(${temp},${site}))`;
  }

  /** Code of a value that was just loaded from memory; a watched program shows it to the machine, which may answer with another. */
  loaded(value: string): string {
    return this.unit.isWatched && !this.plain ? `$H.loaded(${value})` : value;
  }

  /** Is the machine told of looks into objects for which there are no accesses? */
  get tellsLooks(): boolean {
    return this.unit.isWatched && !this.plain;
  }

  /** Code of a value that the language itself looks into (to make a text of it, say): a watched program stops in front of that. */
  seen(value: string, look: Look, node: Node): string {
    if (!this.tellsLooks) return value;
    const temp = this.temp();
    this.release(temp);
    return `(${temp}=${value},${this.look(temp, look, node)},${temp})`;
  }

  /** Code, to be followed by the deletion itself, that says that a property of the object of repeatable code is deleted. */
  deleted(object: string): string {
    return this.tellsLooks ? `$.deletes(${object}),` : '';
  }

  /** Code that stops in front of a look into the value of repeatable code. */
  look(value: string, look: Look, node: Node, key = ''): string {
    const site = this.site(node, 'load', LOOKS[look]);
    return `$.looks('${look}',${value}${key === '' ? '' : `,${key}`})&&(yield ${site})`;
  }

  /** Code of an object that is made here; in a watched program it gets its address at once. */
  made(object: string): string {
    return this.unit.isWatched && !this.plain ? `$.born(${object})` : object;
  }

  /**
   * Code that stores repeatable code `value`; a watched program leaves it to the machine when. `captured` is repeatable code that `assign` uses
   * under the names of its parameters.
   */
  stored(
    value: string,
    captured: readonly string[],
    assign: (value: string, ...captured: string[]) => string,
  ): string {
    if (!this.unit.isWatched || this.plain) return assign(value, ...captured);
    const names = captured.map((_, i) => `$c${i}`);
    return `$H.stored(${value},((${names})=>($v)=>{${assign('$v', ...names)}})(${captured}))`;
  }

  /** A check of the fuel that charges `ticks`. */
  fuel(ticks: number, site: number): string {
    return this.plain ? `($F[0]-=${ticks})<0&&$.refuel();` : `($F[0]-=${ticks})<0&&(yield ${site});`;
  }

  /** A call that may suspend: its value. */
  suspend(call: string, site: number): string {
    const temp = this.temp();
    this.release(temp);
    this.fn.suspends = true;
    return `((${temp}=/*${site}*/${call})===$S?yield ${site}:${temp})`;
  }
}

/** What the site of a look is called. */
const LOOKS: { readonly [look in Look]: string } = {
  text: 'text of an object',
  keys: 'keys of an object',
  values: 'copy of an object',
  key: 'key of an object',
};
