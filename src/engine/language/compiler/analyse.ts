/**
 * The first walk over the tree: declares every name, resolves every reference, and notes what the generator has
 * to know before it writes the first line: which variables change, which are captured, which calls are known.
 * Results are left on the nodes: `scope`, `binding`, `info`.
 */
import { errorAt, forEachChild, isFunction, isTypeOnly, type Node, patternNames, unwrap } from './ast.ts';
import { Declarations } from './declarations.ts';
import { isSequence } from './patterns.ts';
import { hasExpressions, isAddressOf, isDirect, namespaceId } from './questions.ts';
import { Binding, type FunctionInfo, Scope } from './scope.ts';

/** What the walk found. */
export interface Analysis {
  readonly module: FunctionInfo;
  readonly functions: readonly FunctionInfo[];
}

/** Analyse a parsed module. Throws CompileError for names that cannot be. */
export function analyse(program: Node): Analysis {
  const analyser = new Analyser();
  analyser.module(program);
  return { module: analyser.functions[0] as FunctionInfo, functions: analyser.functions };
}

const isConstructor = (m: Node): boolean => m.kind === 'constructor' && m.type === 'ClassMethod';

class Analyser extends Declarations {
  private loops = 0;
  private visited = 0;
  private patterns = 0;
  private statement: Node | null = null;

  module(program: Node): void {
    const fn = this.addFunction(program, null);
    const scope = this.addScope(program, null, fn);
    this.hoist(program.body, scope, scope);
    this.walkAll(program.body, scope);
  }

  private walkAll(nodes: readonly (Node | null)[], scope: Scope): void {
    for (const node of nodes) if (node !== null) this.walk(node, scope);
  }

  private walk(node: Node, scope: Scope): void {
    if (isTypeOnly(node)) return;
    this.visited++;
    const { statement } = this;
    if (node.type.endsWith('Statement')) this.statement = node;
    this.visit(node, scope);
    this.statement = statement;
  }

  private visit(node: Node, scope: Scope): void {
    const visit = this.visitors[node.type];
    if (visit !== undefined) visit.call(this, node, scope);
    else forEachChild(node, (child) => this.walk(child, scope));
  }

  private reference(id: Node, scope: Scope, called = false): Binding | null {
    const binding = scope.lookup(id.name);
    id.binding = binding;
    if (binding === null) {
      if (id.name === 'arguments') scope.fn.owner.usesArguments = true;
      return null;
    }
    if (binding.scope.fn !== scope.fn) binding.captured = true;
    if (binding.early && this.patterns > 0) binding.selfReferring = true;
    binding.uses++;
    if (!called) binding.valueUses++;
    return binding;
  }

  private write(id: Node, scope: Scope): void {
    const binding = this.reference(id, scope);
    if (binding !== null) binding.writes++;
  }

  /** The targets of an assignment or of a `for` head that declares nothing. */
  private target(node: Node, scope: Scope): void {
    node = unwrap(node);
    switch (node.type) {
      case 'Identifier':
        this.write(node, scope);
        break;
      case 'ObjectPattern':
        for (const property of node.properties) {
          if (property.type === 'RestElement') this.target(property.argument, scope);
          else {
            if (property.computed) this.walk(property.key, scope);
            this.target(property.value, scope);
          }
        }
        break;
      case 'ArrayPattern':
        for (const element of node.elements) if (element !== null) this.target(element, scope);
        break;
      case 'AssignmentPattern':
        this.target(node.left, scope);
        this.walk(node.right, scope);
        break;
      case 'RestElement':
        this.target(node.argument, scope);
        break;
      default:
        this.walk(node, scope);
    }
  }

  /** Expressions inside a declaring pattern. */
  private pattern(node: Node, scope: Scope): void {
    switch (node.type) {
      case 'ObjectPattern':
        for (const property of node.properties) {
          if (property.type === 'RestElement') continue;
          if (property.computed) this.walk(property.key, scope);
          this.pattern(property.value, scope);
        }
        break;
      case 'ArrayPattern':
        for (const element of node.elements) if (element !== null) this.pattern(element, scope);
        break;
      case 'AssignmentPattern':
        this.pattern(node.left, scope);
        this.walk(node.right, scope);
        break;
      case 'RestElement':
        this.pattern(node.argument, scope);
        break;
      case 'TSParameterProperty':
        this.pattern(node.parameter, scope);
        break;
    }
  }

  private block(node: Node, statements: readonly Node[], scope: Scope): void {
    const inner = this.addScope(node, scope, scope.fn);
    this.hoist(statements, inner, null);
    this.walkAll(statements, inner);
  }

  private function(node: Node, outer: Scope): FunctionInfo {
    const info = this.addFunction(node, outer.fn);
    const { loops, patterns, statement } = this;
    this.loops = 0;
    this.patterns = 0;
    this.statement = node;
    let scope = outer;
    if (node.type === 'FunctionExpression' && node.id) {
      scope = new Scope(scope, info, this.ids++);
      node.selfScope = scope;
      this.bind(scope, node.id, 'self');
    }
    const parameters = this.addScope(node, scope, info);
    for (const parameter of node.params)
      for (const name of patternNames(parameter)) this.bind(parameters, name, 'parameter');
    for (const parameter of node.params) this.declaringPattern(parameter, parameters);
    const { body } = node;
    if (body.type === 'BlockStatement') {
      const inner = this.addScope(body, parameters, info);
      this.hoist(body.body, inner, inner);
      // A body's `var` of a parameter's name is the parameter, unless the parameters have scopes of their own.
      this.mergeVars(node, parameters, inner);
      this.walkAll(body.body, inner);
    } else this.walk(body, parameters);
    this.loops = loops;
    this.patterns = patterns;
    this.statement = statement;
    return info;
  }

  private mergeVars(node: Node, parameters: Scope, body: Scope): void {
    const separate = node.params.some((p: Node) => hasExpressions(p));
    for (const [name, binding] of [...body.bindings]) {
      const parameter = parameters.bindings.get(name);
      if (parameter === undefined || (binding.kind !== 'var' && binding.kind !== 'function')) continue;
      if (separate && binding.kind === 'var') {
        binding.writes++;
        node.copies ??= [];
        node.copies.push([binding, parameter]);
      } else if (binding.kind === 'var') {
        body.bindings.delete(name);
      }
    }
  }

  private class(node: Node, scope: Scope): void {
    this.decorators(node, scope);
    const inner = this.addScope(node, scope, scope.fn);
    if (node.id) {
      const own = new Binding(node.id.name, 'self', inner, node.id, this.ids++);
      inner.bindings.set(node.id.name, own);
      node.own = own;
    }
    const owner = scope.fn.owner;
    owner.thisCaptured = true;
    if (node.superClass) this.walk(node.superClass, inner);
    for (const member of node.body.body) this.classMember(node, member, inner);
    const [first, second] = node.body.body.filter(isConstructor);
    if (second !== undefined) throw errorAt(second, 'a class has one constructor only');
    if (first !== undefined) return;
    this.addFunction(node, scope.fn).derived = Boolean(node.superClass);
  }

  private decorators(node: Node, scope: Scope): void {
    for (const decorator of node.decorators ?? []) this.walk(decorator.expression, scope);
  }

  private classMember(node: Node, member: Node, scope: Scope): void {
    this.decorators(member, scope);
    if (member.computed) this.walk(member.key, scope);
    switch (member.type) {
      case 'ClassMethod':
      case 'ClassPrivateMethod': {
        const info = this.function(member, scope);
        if (member.kind === 'constructor') {
          info.derived = Boolean(node.superClass);
          info.whole = node;
        }
        break;
      }
      case 'ClassProperty':
      case 'ClassPrivateProperty':
      case 'ClassAccessorProperty':
        if (member.declare || member.abstract) break;
        this.synthetic(member, scope, member.value ? [member.value] : []);
        break;
      case 'StaticBlock':
        this.synthetic(member, scope, member.body);
        break;
    }
  }

  /** Field initialisers and static blocks are functions of their own. */
  private synthetic(node: Node, outer: Scope, body: readonly Node[]): void {
    const info = this.addFunction(node, outer.fn);
    const scope = this.addScope(node, outer, info);
    this.hoist(body, scope, scope);
    this.walkAll(body, scope);
  }

  private call(node: Node, scope: Scope): void {
    const callee = unwrap(node.callee);
    if (callee.type === 'Identifier') {
      this.reference(callee, scope, isDirect(node));
    } else this.walk(callee, scope);
    this.walkAll(node.arguments, scope);
    const argument = node.arguments[0] && unwrap(node.arguments[0]);
    if (isAddressOf(callee) && argument?.type === 'Identifier' && argument.binding)
      argument.binding.addressed = true;
  }

  private loop(node: Node, scope: Scope): void {
    const inner = this.addScope(node, scope, scope.fn);
    const head = node.init ?? node.left;
    if (head?.type === 'VariableDeclaration') {
      if (head.kind !== 'var') this.declareVariables(head, inner);
    }
    if (node.type === 'ForStatement') {
      if (node.init) this.walk(node.init, inner);
      if (node.test) this.walk(node.test, inner);
      if (node.update) this.walk(node.update, inner);
    } else {
      if (head.type === 'VariableDeclaration') this.forHead(head, inner);
      else this.target(head, inner);
      this.walk(node.right, inner);
    }
    this.loops++;
    const before = this.visited;
    this.walk(node.body, inner);
    node.weight = this.visited - before;
    this.loops--;
  }

  private forHead(declaration: Node, scope: Scope): void {
    const { id } = declaration.declarations[0];
    this.declaringPattern(id, scope);
    if (declaration.kind === 'var') for (const name of patternNames(id)) this.write(name, scope);
  }

  /** Walk a pattern that declares names; where it cannot become declarators, the names are declared early. */
  private declaringPattern(pattern: Node, scope: Scope): void {
    if (!isSequence(pattern))
      for (const { name } of patternNames(pattern)) {
        const binding = scope.lookup(name);
        if (binding !== null && binding.kind !== 'var') binding.early = true;
      }
    this.patterns++;
    this.pattern(pattern, scope);
    this.patterns--;
  }

  private declaration(node: Node, scope: Scope): void {
    for (const declarator of node.declarations) {
      this.declaringPattern(declarator.id, scope);
      if (declarator.init) this.walk(declarator.init, scope);
      for (const name of patternNames(declarator.id)) {
        const binding = scope.lookup(name.name) as Binding;
        name.binding = binding;
        if (node.kind !== 'var') continue;
        // A `var` without an initialiser does nothing; a second one, or one in a loop, assigns.
        if (declarator.init && (this.loops > 0 || binding.node !== name)) binding.writes++;
        if (declarator.init && binding.scope.fn !== scope.fn) binding.captured = true;
      }
      if (declarator.id.type === 'Identifier' && declarator.init) {
        const value = unwrap(declarator.init);
        declarator.id.binding.value = value;
        if (isFunction(value)) value.info.assigned = declarator.id.name;
      }
      this.note(declarator, node.kind);
    }
  }

  /** `const f = () => ...`: calls of `f` are calls of this function. */
  private note(declarator: Node, kind: string): void {
    if (kind !== 'const' || declarator.id.type !== 'Identifier' || !declarator.init) return;
    const value = unwrap(declarator.init);
    if (value.type !== 'ArrowFunctionExpression' && value.type !== 'FunctionExpression') return;
    if ((value.selfScope?.bindings.get(value.id.name)?.uses ?? 0) > 0) return;
    this.know(declarator.id.binding, value.info);
  }

  private know(binding: Binding, info: FunctionInfo): void {
    if (info.async || info.generator || binding.exportedFrom !== null) return;
    binding.known = info;
    info.binding = binding;
  }

  private readonly visitors: Record<string, (node: Node, scope: Scope) => void> = {
    Identifier: (node, scope) => void this.reference(node, scope),
    ThisExpression: (_node, scope) => this.useThis(scope),
    Super: (_node, scope) => {
      scope.fn.owner.usesSuper = true;
      this.useThis(scope);
    },
    MetaProperty: (node, scope) => {
      if (node.meta.name === 'new') scope.fn.owner.usesNewTarget = true;
    },
    AwaitExpression: (node, scope) => {
      scope.fn.awaits = true;
      this.walk(node.argument, scope);
    },
    MemberExpression: (node, scope) => this.member(node, scope),
    OptionalMemberExpression: (node, scope) => this.member(node, scope),
    ObjectProperty: (node, scope) => {
      if (node.computed) this.walk(node.key, scope);
      this.walk(node.value, scope);
    },
    ObjectMethod: (node, scope) => {
      if (node.computed) this.walk(node.key, scope);
      this.function(node, scope);
    },
    CallExpression: (node, scope) => this.call(node, scope),
    OptionalCallExpression: (node, scope) => this.call(node, scope),
    AssignmentExpression: (node, scope) => {
      if (this.statement !== null && node.left.type.endsWith('Pattern')) this.statement.cursors = true;
      this.target(node.left, scope);
      this.walk(node.right, scope);
    },
    UpdateExpression: (node, scope) => this.target(node.argument, scope),
    FunctionExpression: (node, scope) => void this.function(node, scope),
    ArrowFunctionExpression: (node, scope) => void this.function(node, scope),
    FunctionDeclaration: (node, scope) => {
      const info = this.function(node, scope);
      const binding: Binding | undefined = node.id?.binding;
      if (binding !== undefined && binding.node === node.id) this.know(binding, info);
    },
    ClassDeclaration: (node, scope) => this.class(node, scope),
    ClassExpression: (node, scope) => this.class(node, scope),
    VariableDeclaration: (node, scope) => this.declaration(node, scope),
    BlockStatement: (node, scope) => this.block(node, node.body, scope),
    ForStatement: (node, scope) => this.loop(node, scope),
    ForInStatement: (node, scope) => this.loop(node, scope),
    ForOfStatement: (node, scope) => {
      if (node.await) scope.fn.awaits = true;
      this.loop(node, scope);
    },
    ReturnStatement: (node, scope) => {
      scope.fn.returns = true;
      if (node.argument) this.walk(node.argument, scope);
    },
    WhileStatement: (node, scope) => this.simpleLoop(node, scope),
    DoWhileStatement: (node, scope) => this.simpleLoop(node, scope),
    SwitchStatement: (node, scope) => {
      this.walk(node.discriminant, scope);
      const inner = this.addScope(node, scope, scope.fn);
      const statements = node.cases.flatMap((c: Node) => c.consequent);
      this.hoist(statements, inner, null);
      for (const binding of inner.bindings.values()) if (binding.kind === 'function') binding.writes++;
      for (const one of node.cases) {
        if (one.test) this.walk(one.test, inner);
        this.walkAll(one.consequent, inner);
      }
    },
    CatchClause: (node, scope) => {
      const inner = this.addScope(node, scope, scope.fn);
      if (node.param) {
        for (const name of patternNames(node.param)) this.bind(inner, name, 'catch');
        this.declaringPattern(node.param, inner);
      }
      this.walk(node.body, inner);
    },
    LabeledStatement: (node, scope) => this.walk(node.body, scope),
    BreakStatement: () => {},
    ContinueStatement: () => {},
    ImportDeclaration: () => {},
    ExportNamedDeclaration: (node, scope) => {
      if (node.source) throw errorAt(node, 'a snippet cannot re-export another module');
      if (node.declaration) this.walk(node.declaration, scope);
    },
    ExportAllDeclaration: (node) => {
      throw errorAt(node, 'a snippet cannot re-export another module');
    },
    TSEnumDeclaration: (node, scope) => this.enum(node, scope),
    TSModuleDeclaration: (node, scope) => this.namespace(node, scope),
    TSImportEqualsDeclaration: (node) => {
      throw errorAt(node, 'import = is not supported in a module: use import { ... } from or a const');
    },
    Import: (node) => {
      throw errorAt(node, `import() is out of reach in a snippet: use import { ... } from 'interleave'`);
    },
    ImportExpression: (node) => {
      throw errorAt(node, `import() is out of reach in a snippet: use import { ... } from 'interleave'`);
    },
  };

  private simpleLoop(node: Node, scope: Scope): void {
    this.loops++;
    const before = this.visited;
    this.walk(node.test, scope);
    this.walk(node.body, scope);
    node.weight = this.visited - before;
    this.loops--;
  }

  private member(node: Node, scope: Scope): void {
    this.walk(node.object, scope);
    if (node.computed) this.walk(node.property, scope);
  }

  private useThis(scope: Scope): void {
    const { owner } = scope.fn;
    owner.usesThis = true;
    if (owner !== scope.fn) owner.thisCaptured = true;
  }

  private enum(node: Node, scope: Scope): void {
    const info = this.addFunction(node, scope.fn);
    const inner = this.addScope(node, scope, info);
    const binding = scope.lookup(node.id.name) as Binding;
    binding.writes++;
    binding.captured = true;
    for (const member of node.body.members)
      inner.bindings.set(
        member.id.name ?? member.id.value,
        Object.assign(new Binding(member.id.name ?? member.id.value, 'const', inner, member, this.ids++), {
          exportedFrom: binding,
        }),
      );
    for (const member of node.body.members) if (member.initializer) this.walk(member.initializer, inner);
  }

  private namespace(node: Node, scope: Scope): void {
    const info = this.addFunction(node, scope.fn);
    const binding = scope.lookup(namespaceId(node).name) as Binding;
    binding.writes++;
    const inner = this.addScope(node, scope, info);
    this.hoist(node.body.body, inner, inner);
    for (const statement of node.body.body) {
      if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) continue;
      for (const exported of inner.bindings.values())
        if (exported.node.start >= statement.start && exported.node.end <= statement.end)
          exported.exportedFrom = binding;
    }
    this.walkAll(node.body.body, inner);
  }
}
