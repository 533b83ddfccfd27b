import { forEachChild, isFunction, type Node, parse } from '../../language/compiler/ast.ts';
import type { Program } from '../../language/index.ts';

/** Constructors of the library whose objects' methods run no code of the program, and give nothing but primitive values. */
const KERNEL_TYPES: ReadonlySet<string> = new Set(['Mutex', 'Semaphore', 'Atomic']);
/** Such methods. */
const METHODS: ReadonlySet<string> = new Set(
  'lock unlock tryLock acquire release tryAcquire load store add sub exchange compareExchange'.split(' '),
);
/** Programs that may put something else in the place of such a method or reckon with an object of their own, or are several files. */
const TRICKS =
  /\b(prototype|__proto__|Object|Reflect|Proxy|Symbol|Date|valueOf|toString|eval|Function|globalThis)\b|@filename/;
const LITERALS: ReadonlySet<string> = new Set(['NumericLiteral', 'StringLiteral', 'BooleanLiteral']);
const ASSIGNMENTS: ReadonlySet<string> = new Set(['=', '+=', '-=', '*=', '/=', '%=', '|=', '&=', '^=']);
const UNARY: ReadonlySet<string> = new Set(['-', '+', '!', '~']);
const LIBRARY = 'interleave';

/** A statement that the analysis knows nothing about: the function is left alone. */
class Unknown extends Error {}

/**
 * Sites at which a thread has forgotten what it has seen: its function stands in front of a statement, and the variables it still has hold what they hold whatever the thread came to load.
 * So what it does from there on follows from how often it came to such a site, and lives that differ only in what was loaded go on as one.
 *
 * Found in functions without parameters that do nothing but count, branch, load and store variables of the module and use its mutexes, semaphores and atomics. Where a branch looks at something loaded,
 * none of the sites in it is one of these, and what is assigned in it counts as loaded.
 */
export function obliviousSites({ source, sites }: Program): ReadonlySet<number> {
  const found = new Set<number>();
  if (TRICKS.test(source)) return found;
  const tree = parse(source);
  const module = moduleNames(tree);
  if (module === null) return found;
  const places = new Map<string, number>();
  sites.forEach(({ line, column, kind, name }, site) => {
    const key = `${kind} ${name} ${line}:${column}`;
    places.set(key, places.has(key) ? -1 : site);
  });
  const note = ({ type, name, callee, loc: { start } }: Node) => {
    const what = type === 'Identifier' ? `load ${name}` : `call .${callee.property.name}`;
    const site = places.get(`${what} ${start.line}:${start.column + 1}`) ?? -1;
    if (site >= 0) found.add(site);
  };
  for (const body of bodiesOf(tree)) new FunctionReader(module, note).read(body);
  return found;
}

/** What the names of a module stand for, as far as each stands for one thing. */
interface ModuleNames {
  /** Constants that hold an object of the kernel. */
  readonly objects: ReadonlySet<string>;
  readonly print: boolean;
}

/** Null where a method of kernel objects is replaced. */
function moduleNames(tree: Node): ModuleNames | null {
  const declared = new Map<string, number>();
  const imported = new Set<string>();
  let isReplaced = false;
  const declare = (pattern: Node | null) => {
    if (pattern === null) return;
    if (pattern.type === 'Identifier') declared.set(pattern.name, (declared.get(pattern.name) ?? 0) + 1);
    else forEachChild(pattern, declare);
  };
  const visit = (node: Node) => {
    if (node.type === 'VariableDeclarator' || node.type.startsWith('Class')) declare(node.id ?? null);
    else if (node.type === 'CatchClause') declare(node.param);
    else if (node.type === 'ImportSpecifier' || node.type === 'ImportDefaultSpecifier') declare(node.local);
    if (isFunction(node)) for (const pattern of [node.id ?? null, ...node.params]) declare(pattern);
    if (node.type === 'ImportDeclaration' && node.source.value === LIBRARY)
      for (const { imported: name, local } of node.specifiers)
        if (name?.name === local.name) imported.add(local.name);
    const target = node.type === 'AssignmentExpression' ? node.left : null;
    if (target !== null && target.type !== 'Identifier') isReplaced ||= mayReplace(target);
    forEachChild(node, visit);
  };
  visit(tree);
  if (isReplaced) return null;
  const isOnce = (name: string) => declared.get(name) === 1;
  const objects = new Set<string>();
  for (const { type, kind, declarations } of tree.body) {
    if (type !== 'VariableDeclaration' || kind !== 'const') continue;
    for (const { id, init } of declarations) {
      const made = init?.type === 'NewExpression' ? init.callee.name : undefined;
      if (id.type === 'Identifier' && isOnce(id.name) && KERNEL_TYPES.has(made) && isImported(made))
        objects.add(id.name);
    }
  }
  function isImported(name: string): boolean {
    return imported.has(name) && isOnce(name);
  }
  return { objects, print: isImported('print') };
}

/** May an assignment to this put something in the place of a method? */
function mayReplace({ type, computed, property }: Node): boolean {
  if (type !== 'MemberExpression') return true;
  return computed ? property.type === 'StringLiteral' : METHODS.has(property.name);
}

/** Bodies of the functions of a module that are in no other function and take nothing. */
function bodiesOf(tree: Node): Node[] {
  const bodies: Node[] = [];
  const visit = (node: Node) => {
    if (!isFunction(node)) forEachChild(node, visit);
    else if (isSimple(node)) bodies.push(node.body);
  };
  visit(tree);
  return bodies;
}

const isSimple = ({ type, params, async, generator, body }: Node): boolean =>
  !type.includes('Method') &&
  params.length === 0 &&
  async !== true &&
  generator !== true &&
  body.type === 'BlockStatement';

/** Reads one function. */
class FunctionReader {
  private readonly module: ModuleNames;
  private readonly note: (node: Node) => void;
  private readonly locals = new Set<string>();
  /** Variables of the function that may hold what was loaded. */
  private readonly loaded = new Set<string>();
  private readonly found: Node[] = [];
  /** A variable that may hold what was loaded is in reach. */
  private remembers = false;
  /** The statement is run, or not, because of what was loaded. */
  private depends = false;

  constructor(module: ModuleNames, note: (node: Node) => void) {
    this.module = module;
    this.note = note;
  }

  read(body: Node): void {
    try {
      this.collect(body);
      // What is in a variable may have come there from one that is looked at later.
      for (let before = -1; before < this.loaded.size; ) {
        before = this.loaded.size;
        this.found.length = 0;
        this.statement(body);
      }
    } catch (error) {
      if (error instanceof Unknown) return;
      throw error;
    }
    for (const node of this.found) this.note(node);
  }

  private collect(node: Node): void {
    if (node.type === 'VariableDeclaration')
      for (const { id } of node.declarations) {
        if (id.type !== 'Identifier' || (node.kind !== 'let' && node.kind !== 'const')) throw new Unknown();
        this.locals.add(id.name);
      }
    forEachChild(node, (child) => this.collect(child));
  }

  private statement(node: Node): void {
    switch (node.type) {
      case 'EmptyStatement':
        return;
      case 'BlockStatement':
        this.within(() => {
          for (const statement of node.body) this.statement(statement);
        });
        return;
      case 'VariableDeclaration':
        for (const { id, init } of node.declarations) this.declaration(id, init);
        return;
      case 'ExpressionStatement':
        this.effect(node.expression, true);
        return;
      case 'IfStatement':
        this.branch(node.test, () => {
          this.statement(node.consequent);
          if (node.alternate) this.statement(node.alternate);
        });
        return;
      case 'WhileStatement':
        this.branch(node.test, () => this.statement(node.body));
        return;
      case 'ForStatement':
        this.within(() => {
          if (node.init?.type === 'VariableDeclaration') this.statement(node.init);
          else if (node.init) throw new Unknown();
          this.branch(node.test, () => {
            this.statement(node.body);
            if (node.update) this.effect(node.update, false);
          });
        });
        return;
      case 'BreakStatement':
      case 'ContinueStatement':
        if (this.depends || node.label) throw new Unknown();
        return;
      case 'ReturnStatement':
        if (this.depends || node.argument) throw new Unknown();
        return;
      default:
        throw new Unknown();
    }
  }

  /** What is declared there is out of reach afterwards. */
  private within(body: () => void): void {
    const { remembers } = this;
    body();
    this.remembers = remembers;
  }

  private branch(test: Node | null, body: () => void): void {
    const { depends } = this;
    if (test) {
      this.check(test);
      if (!this.isKnown(test)) this.depends = true;
    }
    this.within(body);
    this.depends = depends;
  }

  private declaration(id: Node, init: Node | null): void {
    if (init) {
      this.check(init);
      this.noteFirst(init);
      if (this.depends || !this.isKnown(init)) this.loaded.add(id.name);
    }
    if (this.loaded.has(id.name)) this.remembers = true;
  }

  /** An expression that is a statement, or (`isAlone` false) the update of a loop. */
  private effect(node: Node, isAlone: boolean): void {
    if (node.type === 'CallExpression') {
      this.check(node);
      if (isAlone && isMember(node.callee) && node.arguments.every((it: Node) => this.isKnown(it)))
        this.meet(node);
      return;
    }
    const isUpdate = node.type === 'UpdateExpression';
    const isAssignment = node.type === 'AssignmentExpression' && ASSIGNMENTS.has(node.operator);
    const target = isUpdate ? node.argument : node.left;
    if (!(isUpdate || isAssignment) || target.type !== 'Identifier') throw new Unknown();
    if (isAssignment) this.check(node.right);
    const isLocal = this.locals.has(target.name);
    if (isLocal && (this.depends || !(isUpdate || this.isKnown(node.right)))) this.loaded.add(target.name);
    if (!isAlone) return;
    if (isAssignment && node.operator === '=') this.noteFirst(node.right);
    else if (!isLocal) this.meet(target);
  }

  /** The first thing that an expression does, where that is a load. */
  private noteFirst(node: Node): void {
    if (node.type === 'BinaryExpression') this.noteFirst(node.left);
    else if (node.type === 'Identifier' && !this.locals.has(node.name)) this.meet(node);
  }

  private meet(node: Node): void {
    if (!this.remembers && !this.depends) this.found.push(node);
  }

  /** Throws where an expression could do more than load, reckon, and use objects of the kernel. */
  private check(node: Node): void {
    if (LITERALS.has(node.type) || node.type === 'Identifier') return;
    if (node.type === 'UnaryExpression' && UNARY.has(node.operator)) this.check(node.argument);
    else if (node.type === 'BinaryExpression' && !/^[a-z]/.test(node.operator)) {
      this.check(node.left);
      this.check(node.right);
    } else if (node.type === 'CallExpression' && this.isKernelCall(node.callee)) {
      for (const argument of node.arguments) this.check(argument);
    } else throw new Unknown();
  }

  private isKernelCall(callee: Node): boolean {
    if (callee.type === 'Identifier')
      return callee.name === 'print' && this.module.print && !this.locals.has('print');
    if (!isMember(callee)) return false;
    const { object, property } = callee;
    return this.module.objects.has(object.name) && METHODS.has(property.name);
  }

  /** Does the expression give the same whatever the thread has loaded? */
  private isKnown(node: Node): boolean {
    switch (node.type) {
      case 'UnaryExpression':
        return this.isKnown(node.argument);
      case 'BinaryExpression':
        return this.isKnown(node.left) && this.isKnown(node.right);
      case 'Identifier':
        return this.locals.has(node.name) && !this.loaded.has(node.name);
      default:
        return LITERALS.has(node.type);
    }
  }
}

const isMember = ({ type, object, property, computed }: Node): boolean =>
  type === 'MemberExpression' && !computed && object.type === 'Identifier' && property.type === 'Identifier';
