/**
 * The first walk over the tree: declares every name, resolves every reference, and notes what the generator has
 * to know before it writes the first line: which variables change, which are captured, which calls are known.
 * Results are left on the nodes: `scope`, `binding`, `info`.
 */
import { errorAt, forEachChild, isFunction, type Node, patternNames, unwrap } from './ast.ts';
import { ClassWalk } from './class-walk.ts';
import { isAddressOf, isDirect, namespaceId } from './questions.ts';
import { Binding, type FunctionInfo, type Scope } from './scope.ts';

/** What the walk found. */
export interface Analysis {
  readonly module: FunctionInfo;
  readonly functions: readonly FunctionInfo[];
}

/** Analyse a parsed module. Throws CompileError for names that cannot be. */
export function analyse(program: Node, source: string): Analysis {
  const analyser = new Analyser(source.includes('var'));
  analyser.module(program);
  return { module: analyser.functions[0] as FunctionInfo, functions: analyser.functions };
}

type Visit = (walk: Analyser, node: Node, scope: Scope) => void;

const nothing: Visit = () => {};

class Analyser extends ClassWalk {
  private static readonly visitors: Readonly<Record<string, Visit>> = {
    Identifier: (walk, node, scope) => void walk.reference(node, scope),
    ThisExpression: (walk, _node, scope) => walk.useThis(scope),
    Super: (walk, _node, scope) => {
      scope.fn.owner.usesSuper = true;
      walk.useThis(scope);
    },
    MetaProperty: (_walk, node, scope) => {
      if (node.meta.name === 'new') scope.fn.owner.usesNewTarget = true;
    },
    AwaitExpression: (walk, node, scope) => {
      scope.fn.awaits = true;
      walk.walk(node.argument, scope);
    },
    MemberExpression: (walk, node, scope) => walk.member(node, scope),
    OptionalMemberExpression: (walk, node, scope) => walk.member(node, scope),
    ObjectProperty: (walk, node, scope) => {
      if (node.computed) walk.walk(node.key, scope);
      walk.walk(node.value, scope);
    },
    ObjectMethod: (walk, node, scope) => {
      if (node.computed) walk.walk(node.key, scope);
      walk.function(node, scope);
    },
    CallExpression: (walk, node, scope) => walk.call(node, scope),
    OptionalCallExpression: (walk, node, scope) => walk.call(node, scope),
    AssignmentExpression: (walk, node, scope) => {
      if (node.left.type.endsWith('Pattern')) {
        const surrounding = walk.surrounding();
        if (surrounding !== undefined) surrounding.cursors = true;
      }
      walk.target(node.left, scope);
      walk.walk(node.right, scope);
    },
    UpdateExpression: (walk, node, scope) => walk.target(node.argument, scope),
    FunctionExpression: (walk, node, scope) => void walk.function(node, scope),
    ArrowFunctionExpression: (walk, node, scope) => void walk.function(node, scope),
    FunctionDeclaration: (walk, node, scope) => {
      const info = walk.function(node, scope);
      const binding: Binding | undefined = node.id?.binding;
      if (binding !== undefined && binding.node === node.id) walk.know(binding, info);
    },
    ClassDeclaration: (walk, node, scope) => walk.class(node, scope),
    ClassExpression: (walk, node, scope) => walk.class(node, scope),
    VariableDeclaration: (walk, node, scope) => walk.declaration(node, scope),
    BlockStatement: (walk, node, scope) => walk.block(node, node.body, scope),
    ForStatement: (walk, node, scope) => walk.loop(node, scope),
    ForInStatement: (walk, node, scope) => walk.loop(node, scope),
    ForOfStatement: (walk, node, scope) => {
      if (node.await) scope.fn.awaits = true;
      walk.loop(node, scope);
    },
    ReturnStatement: (walk, node, scope) => {
      scope.fn.returns = true;
      if (node.argument) walk.walk(node.argument, scope);
    },
    WhileStatement: (walk, node, scope) => walk.simpleLoop(node, scope),
    DoWhileStatement: (walk, node, scope) => walk.simpleLoop(node, scope),
    SwitchStatement: (walk, node, scope) => {
      walk.walk(node.discriminant, scope);
      const body = walk.addScope(node, scope, scope.fn);
      const statements = node.cases.flatMap((c: Node) => c.consequent);
      walk.hoist(statements, body, null);
      for (const binding of body.bindings.values()) if (binding.kind === 'function') binding.writes++;
      for (const one of node.cases) {
        if (one.test) walk.walk(one.test, body);
        walk.statements(one.consequent, body);
      }
    },
    CatchClause: (walk, node, scope) => {
      const body = walk.addScope(node, scope, scope.fn);
      if (node.param) {
        for (const name of patternNames(node.param)) walk.bind(body, name, 'catch');
        walk.declaringPattern(node.param, body);
      }
      walk.walk(node.body, body);
    },
    LabeledStatement: (walk, node, scope) => walk.walk(node.body, scope),
    NumericLiteral: nothing,
    StringLiteral: nothing,
    BooleanLiteral: nothing,
    NullLiteral: nothing,
    TemplateElement: nothing,
    BreakStatement: nothing,
    ContinueStatement: nothing,
    ImportDeclaration: nothing,
    TSInterfaceDeclaration: nothing,
    TSTypeAliasDeclaration: nothing,
    TSDeclareFunction: nothing,
    ExpressionStatement: (walk, node, scope) => walk.walk(node.expression, scope),
    BinaryExpression: (walk, node, scope) => walk.both(node, scope),
    LogicalExpression: (walk, node, scope) => walk.both(node, scope),
    UnaryExpression: (walk, node, scope) => walk.walk(node.argument, scope),
    NewExpression: (walk, node, scope) => {
      walk.walk(node.callee, scope);
      walk.walkAll(node.arguments, scope);
    },
    TSAsExpression: (walk, node, scope) => walk.walk(node.expression, scope),
    TSNonNullExpression: (walk, node, scope) => walk.walk(node.expression, scope),
    ExportNamedDeclaration: (walk, node, scope) => {
      if (node.source) throw errorAt(node, 'a snippet cannot re-export another module');
      if (node.declaration) walk.walk(node.declaration, scope);
    },
    ExportAllDeclaration: (_walk, node) => {
      throw errorAt(node, 'a snippet cannot re-export another module');
    },
    TSEnumDeclaration: (walk, node, scope) => walk.enum(node, scope),
    TSModuleDeclaration: (walk, node, scope) => walk.namespace(node, scope),
    TSImportEqualsDeclaration: (_walk, node) => {
      throw errorAt(node, 'import = is not supported in a module: use import { ... } from or a const');
    },
    Import: (_walk, node) => {
      throw errorAt(node, `import() is out of reach in a snippet: use import { ... } from 'interleave'`);
    },
    ImportExpression: (_walk, node) => {
      throw errorAt(node, `import() is out of reach in a snippet: use import { ... } from 'interleave'`);
    },
  };

  /** Nodes walked so far. */
  private visited = 0;

  module(program: Node): void {
    const fn = this.addFunction(program, null);
    const scope = this.addScope(program, null, fn);
    this.hoist(program.body, scope, scope);
    this.statements(program.body, scope);
  }

  protected walk(node: Node, scope: Scope): void {
    this.visited++;
    this.path.push(node);
    const visit = Analyser.visitors[node.type];
    if (visit !== undefined) visit(this, node, scope);
    else forEachChild(node, (child) => this.walk(child, scope));
    this.path.pop();
  }

  private block(node: Node, statements: readonly Node[], scope: Scope): void {
    const inner = this.addScope(node, scope, scope.fn);
    this.hoist(statements, inner, null);
    this.statements(statements, inner);
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

  private simpleLoop(node: Node, scope: Scope): void {
    this.loops++;
    const before = this.visited;
    this.walk(node.test, scope);
    this.walk(node.body, scope);
    node.weight = this.visited - before;
    this.loops--;
  }

  private both(node: Node, scope: Scope): void {
    this.walk(node.left, scope);
    this.walk(node.right, scope);
  }

  private member(node: Node, scope: Scope): void {
    this.walk(node.object, scope);
    if (node.computed) this.walk(node.property, scope);
  }

  private enum(node: Node, scope: Scope): void {
    const info = this.addFunction(node, scope.fn);
    const inner = this.addScope(node, scope, info);
    const binding = scope.lookup(node.id.name) as Binding;
    binding.writes++;
    binding.captured = true;
    for (const member of node.body.members) {
      const name: string = member.id.name ?? member.id.value;
      inner.bindings.set(name, new Binding(name, 'const', inner, member, this.ids++));
    }
    this.export(binding, inner, [...inner.bindings.values()]);
    for (const member of node.body.members) if (member.initializer) this.walk(member.initializer, inner);
  }

  private namespace(node: Node, scope: Scope): void {
    const info = this.addFunction(node, scope.fn);
    const binding = scope.lookup(namespaceId(node).name) as Binding;
    binding.writes++;
    const inner = this.addScope(node, scope, info);
    this.hoist(node.body.body, inner, inner);
    const exported = [...inner.bindings.values()].filter(({ node: { start, end } }) =>
      node.body.body.some(
        (s: Node) => s.type === 'ExportNamedDeclaration' && s.declaration && start >= s.start && end <= s.end,
      ),
    );
    this.export(binding, inner, exported);
    this.statements(node.body.body, inner);
  }

  /** Names that a declaration of a namespace or enum exports; those of its earlier declarations are in reach too. */
  private export(owner: Binding, scope: Scope, exported: readonly Binding[]): void {
    owner.exports ??= owner.exportedFrom?.exports?.get(owner.name)?.exports ?? new Map();
    for (const [name, { kind, exports }] of owner.exports) {
      if (scope.bindings.has(name)) continue;
      const binding = new Binding(
        name,
        kind === 'const' ? 'const' : 'let',
        scope,
        scope.node as Node,
        this.ids++,
      );
      binding.exportedFrom = owner;
      binding.exports = exports;
      scope.bindings.set(name, binding);
    }
    for (const binding of exported) {
      binding.exportedFrom = owner;
      owner.exports.set(binding.name, binding);
    }
  }
}
