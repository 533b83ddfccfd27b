/** What generating a program adds up: sites, functions, variables, and code that is made once for all instances. */
import { DATA_BASE } from '../addresses.ts';
import { FUEL } from '../host.ts';
import type { FunctionInfo as ProgramFunction, Site, SiteKind, VariableInfo } from '../program.ts';
import type { Node } from './ast.ts';
import type { Binding, FunctionInfo } from './scope.ts';

/** Code that returns 0 where an access to address `a` is a known hit, else the address. */
function known(a: string, isStore: boolean): string {
  return `const u=${a}>>$F[${FUEL.shift}];return $F[${isStore ? FUEL.stores : FUEL.loads}+(u&${FUEL.entries - 1})]===u?0:${a}`;
}

/** Code that finds the address `a` of element `i` of an array or a view by its record `r`. */
const ELEMENT = (then: string): string =>
  `if(r.owner===$K)if(r.elements!==null){const c=28-Math.clz32(i+8),b=r.elements[c];if(b>0){const a=b+(i+8-(8<<c))*8;${then}}}else if(i<r.count){const a=r.base+i*r.stride;${then}}`;

const IS_OBJECT = 'typeof t=="object"&&t!==null&&#r in t';
/** The same of a named property, by the cache of its site. */
const KEY = (cache: string, then: string): string =>
  `if(${IS_OBJECT}){const r=t.#r;if(r.layout===${cache}.layout&&r.owner===$K){const a=r.base+${cache}.offset;${then}}}`;
const IS_INDEX = 'typeof i=="number"&&(i|0)===i&&i>=0';

/** Code that charges an access to address `a` (see `FUEL`) and returns 0, or the address where the thread has to stop in front of it. */
function hit(a: string, site: number | string, isStore: boolean): string {
  const first = isStore ? FUEL.stores : FUEL.loads;
  return `const u=${a}>>$F[${FUEL.shift}],f=$F[0]-$F[${FUEL.hitTicks}];if($F[${first}+(u&${FUEL.entries - 1})]!==u||f<$F[${FUEL.floor}])return $K.touch(${a},${site});$F[${FUEL.hits}]++;$F[0]=f;return 0`;
}

/** Where a program may have accessors or conversions of its own, or handles its own faults, an access can run any code. */
const HOOKS =
  /\b(?:get|set|accessor)\s+[\w$#'"[]|\b(?:Proxy|Reflect|toPrimitive|setPrototypeOf|create|hasInstance|mprotect)\b|(?<!\.)\bsignal\s*\(|(?<!\.)\b(?:valueOf|toString)\b|\b(?:valueOf|toString)\s*=|\bdefine|__|@/;

const FIXED = new Set(['Math', 'Number', 'String', 'Array', 'Object', 'Map', 'Set', 'JSON', 'Date']);
/** A global may be assigned to. */
const REPLACING =
  /\bglobalThis\b|\b(?:Math|Number|String|Array|Object|Map|Set|JSON|Date)\s*(?:[-+*/%&|^?<>]|\*\*|<<|>>>?)*=(?![=>])/;

/** Names of so many parameters, each after a comma. */
const parameters = (count: number): string => [',a', ',b', ',c'].slice(0, count).join('');

/** The program under construction. */
export class Unit {
  readonly source: string;
  readonly sites: Site[] = [];
  readonly functions: ProgramFunction[] = [];
  readonly variables: VariableInfo[] = [];
  /** Lines evaluated once for the program. */
  prelude = '';
  /** Lines evaluated once for each instance. */
  instance = '';
  private count = 0;
  private words = 0;
  private readonly addressed = new Map<Binding, string>();

  /** The program reads or writes memory by address. */
  usesAddresses = false;
  /** Loads and stores pass their values through the machine. */
  readonly isWatched: boolean;
  /** Suspended frames can be asked for their variables. */
  readonly showsLocals: boolean;

  private readonly found = new Map<RegExp, boolean>();

  constructor(source: string, isWatched = false, showsLocals = false) {
    this.source = source;
    this.isWatched = isWatched;
    this.showsLocals = showsLocals;
  }

  /** Whether a pattern is anywhere in the source. */
  has(pattern: RegExp): boolean {
    let answer = this.found.get(pattern);
    if (answer === undefined) {
      answer = pattern.test(this.source);
      this.found.set(pattern, answer);
    }
    return answer;
  }

  /** Accesses and conversions run no code of the reader's. */
  get isFreeOfHooks(): boolean {
    return !this.has(HOOKS);
  }

  /** A fresh number for names of the generator's own. */
  id(): number {
    return this.count++;
  }

  /** The site id of a node. */
  site(fn: FunctionInfo, node: Node, kind: SiteKind, name: string, callee = name): number {
    const { line, column } = node.loc.start;
    const place = { line, column: column + 1, kind, name };
    this.sites.push(
      callee === name ? { ...place, function: fn.index } : { ...place, callee, function: fn.index },
    );
    return this.sites.length - 1;
  }

  /** Methods that find addresses, one for each site: each sees few kinds of object, and is fast for them. */
  private finders = '';

  /**
   * Code that accesses a property by name: finds its address and charges the access. The code's value is 0, or the address where the thread has to
   * stop in front of it.
   */
  keyAccess(name: string): (object: string, site: number, isStore: boolean) => string {
    const id = this.id();
    const key = JSON.stringify(name);
    this.prelude += `const $k${id}=$p.key();`;
    return (object, site, isStore) => {
      const access = this.id();
      this.keyAccesses.set(access, { key: name, isStore, cache: `$k${id}` });
      this.finders += `static k${access}($K,$F,t){${KEY(`$k${id}`, hit('a', site, isStore))}return $K.touchKey(t,${key},$k${id},${site})}`;
      return `$L.k${access}($K,$F,${object})`;
    };
  }

  /** What the accesses by name are of, by the number in their code. */
  readonly keyAccesses = new Map<
    number,
    { readonly key: string; readonly isStore: boolean; readonly cache: string }
  >();
  private readonly elementAccesses = new Map<number, { readonly isStore: boolean }>();

  /**
   * Code that is 0 where an access is a known hit, else its address, or -1 where that takes more to find out. Does nothing else. By the finder of the access and what the
   * finder is given.
   */
  peek(kind: string, finder: string, object: string, index: string): string {
    if (kind === 'l' || kind === 's') return `$L.p${kind}($F,${object})`;
    const id = Number(finder);
    if (kind === 'k') {
      const { isStore, cache } = this.keyAccesses.get(id) as { isStore: boolean; cache: string };
      this.finders += `static p${id}($K,$F,t){${KEY(cache, known('a', isStore))}return -1}`;
      return `$L.p${id}($K,$F,${object})`;
    }
    const { isStore } = this.elementAccesses.get(id) as { isStore: boolean };
    this.finders += `static p${id}($K,$F,t,i){if(${IS_INDEX}&&${IS_OBJECT}){const r=t.#r;${ELEMENT(known('a', isStore))}}return -1}`;
    return `$L.p${id}($K,$F,${object},${index})`;
  }

  /**
   * Code that is true where an access to an element at the address that code `address` gives is a known hit. `$L.x` finds the chunk in which an element lies: `$X` says from which to
   * which index (this one no more), where index 0 would be, and the bytes of an element.
   */
  knownElement(finder: string, address: string): string {
    if (!this.prelude.includes('const $X=')) {
      this.prelude += 'const $X=new Int32Array(4);';
      this.finders += `static x($K,t,i){if(i>=0&&${IS_OBJECT}){const r=t.#r;if(r.owner===$K)if(r.elements!==null){const c=28-Math.clz32(i+8),b=r.elements[c],f=(8<<c)-8;if(b>0){$X[0]=f;$X[1]=2*f+8;$X[2]=b-f*8;$X[3]=8;return true}}else if(i<r.count){$X[0]=0;$X[1]=r.count;$X[2]=r.base;$X[3]=r.stride;return true}}return false}`;
    }
    const { isStore } = this.elementAccesses.get(Number(finder)) as { isStore: boolean };
    return `($u=(${address})>>$F[${FUEL.shift}],$F[${isStore ? FUEL.stores : FUEL.loads}+($u&${FUEL.entries - 1})]===$u)`;
  }

  /** Code that is true where an access is no page fault, by the finder of the access and what the finder is given. */
  reach(kind: string, finder: string, object: string, index: string): string {
    if (kind === 'l' || kind === 's') return `$K.reaches(${object},${kind === 's'})`;
    const { isStore } = (this.keyAccesses.get(Number(finder)) ??
      this.elementAccesses.get(Number(finder))) as {
      isStore: boolean;
    };
    if (kind === 'e') return `$K.reaches($K.element(${object},${index}),${isStore})`;
    const { key, cache } = this.keyAccesses.get(Number(finder)) as { key: string; cache: string };
    return `$K.reaches($K.key(${object},${JSON.stringify(key)},${cache}),${isStore})`;
  }

  /** Code that is true where all these properties of an object are known hits. */
  groupCheck(object: string, loads: readonly string[], stores: readonly string[]): string {
    const id = this.id();
    this.prelude += `const $q${id}=$p.group(${JSON.stringify(loads)},${JSON.stringify(stores)});`;
    const all = (kind: 'loads' | 'stores') =>
      `for(let u=r.base+$q${id}.${kind}From>>s,e=r.base+$q${id}.${kind}To>>s;u<=e;u++)if($F[${FUEL[kind]}+(u&${FUEL.entries - 1})]!==u)return false;`;
    this.finders += `static g${id}($K,$F,t){if(typeof t!="object"||t===null||!(#r in t))return false;const r=t.#r;if(r.layout!==$q${id}.layout||r.owner!==$K)return $K.learn($q${id},r);const s=$F[${FUEL.shift}];${all('loads')}${all('stores')}return true}`;
    return `$L.g${id}($K,$F,${object})`;
  }

  private readonly fixed = new Set<string>();

  /** Code of a global object that the program cannot have replaced: looked up once. */
  fixedGlobal(name: string): string | null {
    if (!FIXED.has(name) || this.has(REPLACING)) return null;
    if (!this.fixed.has(name)) this.instance += `const $g${name}=$.global(${JSON.stringify(name)});`;
    this.fixed.add(name);
    return `$g${name}`;
  }

  /** Code that charges `count` known hits and `ticks` besides. */
  chargeHits(count: string, ticks: string): string {
    return `$F[0]-=${ticks}+${count}*$F[${FUEL.hitTicks}];$F[${FUEL.hits}]+=${count};`;
  }

  /** Code that accesses an element; as {@link keyAccess}. */
  elementAccess(object: string, index: string, site: number, isStore: boolean): string {
    const id = this.id();
    this.elementAccesses.set(id, { isStore });
    this.finders += `static e${id}($K,$F,t,i){if(${IS_INDEX}&&${IS_OBJECT}){const r=t.#r;${ELEMENT(hit('a', site, isStore))}}return $K.touchElement(t,i,${site})}`;
    return `$L.e${id}($K,$F,${object},${index})`;
  }

  /** Code that accesses an address; as {@link keyAccess}. */
  addressAccess(address: string, site: number, isStore: boolean): string {
    return `$L.${isStore ? 's' : 'l'}($K,$F,${address},${site})`;
  }

  /** Code that calls `f`. The site remembers the last function it called and its form (see `CallCache`), and looks no further when it is the same. */
  caller(count: number): string {
    const id = this.id();
    const list = parameters(count);
    this.finders += `static m${id}($,f,s${list}){if(f===$n${id}.f){if($n${id}.leaf!==null&&$.lasts($n${id}.accesses)){$.nest++;const r=$n${id}.leaf.call(s${list});$.nest--;if(r!==$L)return r}if($n${id}.form!==null)return $.run($n${id}.form.call(s${list}));if($.remembers)return $n${id}.tail===null?f.call(s${list}):$n${id}.tail($,s,[${list.slice(1)}])}else $.learn($n${id},f);if(typeof f!="function")throw $.notCallable(f);return $.call${count}(f,s${list})}`;
    this.prelude += `const $n${id}=$p.call();`;
    return `$L.m${id}`;
  }

  /** Code that calls a form. */
  formCaller(count: number): string {
    const id = this.id();
    const list = parameters(count);
    const values = list.slice(1);
    this.finders += `static f${id}($,g${list}){const l=g.leaf;if(l!==void 0&&$.lasts(g.accesses)){$.nest++;const r=l(${values});$.nest--;if(r!==$L)return r}return $.run(g(${values}))}`;
    return `$L.f${id}`;
  }

  /** Code that defines a field of a fixed name on `target`: a native field, put on by returning the target. */
  fieldDefiner(name: string, target: string, value: string): string {
    let definer = this.definers.get(name);
    if (definer === undefined) {
      definer = `$d${this.id()}`;
      this.definers.set(name, definer);
      this.prelude += `const ${definer}=class extends $p.Identity{[${JSON.stringify(name)}]=$v};`;
    }
    return `$v=${value};new ${definer}(${target});`;
  }
  private readonly definers = new Map<string, string>();

  /** The class whose private field holds objects' records. */
  marks(): string {
    return `const $L=class extends $p.Identity{#r;constructor(o,r){super(o);this.#r=r}static get(o){return #r in o?o.#r:void 0}static put(o,r){new $L(o,r)}static l($K,$F,a,s){${hit('a', 's', false)}}static s($K,$F,a,s){${hit('a', 's', true)}}static pl($F,a){${known('a', false)}}static ps($F,a){${known('a', true)}}${this.finders}};`;
  }

  /** How an address leads to a variable: its name, and functions that read and write it (null where it cannot change). */
  word(binding: Binding): string {
    const { name, output, constant } = binding;
    return `${JSON.stringify(name)},()=>${output},${constant ? 'null' : `$w=>{${output}=$w}`}`;
  }

  /** Code that makes the module variables that have an address known by it. */
  moduleWords(): string {
    if (!this.usesAddresses) return '';
    let code = '';
    for (const [binding, address] of this.addressed)
      if (binding.scope.parent === null && binding.exportedFrom === null)
        code += `$.addVariable(${address},${this.word(binding)});`;
    return code;
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
