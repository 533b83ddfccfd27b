/** Scopes, bindings and functions: what the analysis finds out and the generator asks. */
import type { Node } from './ast.ts';

/** How a name was bound. */
export type BindingKind =
  | 'let'
  | 'const'
  | 'var'
  | 'function'
  | 'parameter'
  | 'class'
  | 'import'
  | 'catch'
  | 'self'
  | 'enum'
  | 'namespace';

/** A variable of the reader. */
export class Binding {
  readonly name: string;
  readonly kind: BindingKind;
  readonly scope: Scope;
  /** Where it is declared. */
  readonly node: Node;
  /** Its unique name in the generated code. */
  readonly output: string;
  /** Assignments besides its initialisation. */
  writes = 0;
  /** Used by a function other than the one that declares it. */
  captured = false;
  /** Times it is mentioned. */
  uses = 0;
  /** Uses other than being called. */
  valueUses = 0;
  /** The function it always holds, where that is known: may be called without looking. */
  known: FunctionInfo | null = null;
  /** The generated code declares it ahead of the pattern that initialises it. */
  early = false;
  /** The expression it is declared with. */
  value: Node | null = null;
  /** `addressOf` asks for its address. */
  addressed = false;
  /** The pattern that initialises it mentions it. */
  selfReferring = false;
  /** Index of its address within its scope, -1 where it has none. */
  slot = -1;
  /** An import: its name in the library, or `*`. */
  imported = '';
  /** The name of the namespace object an exported namespace member lives on. */
  exportedFrom: Binding | null = null;
  /** A namespace or enum: what its declarations so far have put on its object. They see each other's. */
  exports: Map<string, Binding> | null = null;

  constructor(name: string, kind: BindingKind, scope: Scope, node: Node, id: number) {
    this.name = name;
    this.kind = kind;
    this.scope = scope;
    this.node = node;
    this.output = `${name}$${id}`;
  }

  /** Uses have to check that it is initialised, because the generated code declares it early. */
  get checked(): boolean {
    return this.early && (this.captured || this.selfReferring);
  }

  /** Another thread may see it change: reading or writing it is an access. */
  get shared(): boolean {
    return this.captured && this.writes > 0 && !this.constant;
  }

  /** Never changes once initialised. */
  get stable(): boolean {
    return (this.writes === 0 || this.constant) && !this.checked;
  }

  /** Assigning to it is a TypeError. */
  get constant(): boolean {
    return this.kind === 'const' || this.kind === 'import' || this.kind === 'self';
  }
}

/** A region of names. */
export class Scope {
  readonly parent: Scope | null;
  readonly fn: FunctionInfo;
  readonly id: number;
  readonly bindings = new Map<string, Binding>();
  /** The node it belongs to; null for the scope of a function expression's own name. */
  node: Node | null = null;
  /** Shared variables it holds: each has 8 bytes in the scope's environment record. */
  slots = 0;

  constructor(parent: Scope | null, fn: FunctionInfo, id: number) {
    this.parent = parent;
    this.fn = fn;
    this.id = id;
  }

  lookup(name: string): Binding | null {
    for (let scope: Scope | null = this; scope !== null; scope = scope.parent) {
      const binding = scope.bindings.get(name);
      if (binding !== undefined) return binding;
    }
    return null;
  }
}

/** A function of the source, a module, or a class's field initialisers. */
export class FunctionInfo {
  readonly node: Node;
  readonly parent: FunctionInfo | null;
  /** Index into `Program.functions`. */
  readonly index: number;
  readonly arrow: boolean;
  readonly async: boolean;
  readonly generator: boolean;
  /** Set by arrows and class bodies inside that use what is this function's. */
  thisCaptured = false;
  usesThis = false;
  /** Contains a `return`. */
  returns = false;
  usesSuper = false;
  usesArguments = false;
  usesNewTarget = false;
  /** A constructor of a class with `extends`: makes `this` by calling `super`. */
  derived = false;
  /** What `toString` shows, where it is more than the node: a constructor's class. */
  whole: Node | null = null;
  /** Contains `await` at its own level (for the module). */
  awaits = false;
  /** Calls something that may suspend. Known once its code has been generated. */
  suspends = false;
  /** Touches nothing shared and calls only such functions: can be compiled plain. Decided by `plain.ts`. */
  plain = false;
  /** The known functions it calls. */
  readonly callees = new Set<FunctionInfo>();
  /** A class constructor: the generated name of its class's field initialisers, if it has any. */
  fields: string | null = null;
  /** The variable it is first assigned to, which gives it a name. */
  assigned = '';
  /** The binding that always holds it, if one does. */
  binding: Binding | null = null;

  constructor(node: Node, parent: FunctionInfo | null, index: number) {
    this.node = node;
    this.parent = parent;
    this.index = index;
    this.arrow = node.type === 'ArrowFunctionExpression';
    this.async = node.async === true;
    this.generator = node.generator === true;
  }

  /** The function whose `this`, `arguments` and `new.target` are meant here. */
  get owner(): FunctionInfo {
    let fn: FunctionInfo = this;
    while (fn.arrow && fn.parent !== null) fn = fn.parent;
    return fn;
  }
}
