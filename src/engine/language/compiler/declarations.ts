/** Declaring the names of a block or function before anything in it is looked at. */
import { errorAt, forEachChild, isFunction, isTypeOnly, type Node, patternNames } from './ast.ts';
import { namespaceId } from './questions.ts';
import { Binding, type BindingKind, FunctionInfo, Scope } from './scope.ts';

/** Makes scopes, functions and bindings, and hoists declarations. */
export class Declarations {
  readonly functions: FunctionInfo[] = [];
  protected ids = 0;
  /** Whether the source may have a `var`: else nobody looks for one. */
  private readonly hasVars: boolean;

  constructor(hasVars: boolean) {
    this.hasVars = hasVars;
  }

  protected addFunction(node: Node, parent: FunctionInfo | null): FunctionInfo {
    const info = new FunctionInfo(node, parent, this.functions.length);
    this.functions.push(info);
    node.info = info;
    return info;
  }

  protected addScope(node: Node, parent: Scope | null, fn: FunctionInfo): Scope {
    const scope = new Scope(parent, fn, this.ids++);
    scope.node = node;
    node.scope = scope;
    return scope;
  }

  protected bind(scope: Scope, id: Node, kind: BindingKind): Binding {
    if (id.name === 'this' && kind !== 'parameter')
      throw errorAt(id, "'this' cannot be the name of a variable");
    const old = scope.bindings.get(id.name);
    if (old !== undefined) {
      if (kind === 'function' || kind === 'var') {
        if (kind === 'function') old.writes++;
        id.binding = old;
      }
      if (kind === 'enum' || kind === 'namespace') id.binding = old;
      return old;
    }
    const binding = new Binding(id.name, kind, scope, id, this.ids++);
    scope.bindings.set(id.name, binding);
    id.binding = binding;
    return binding;
  }

  /** Declare what the statements of a block declare: lexical names here, `var` names in the function. */
  protected hoist(statements: readonly Node[], block: Scope, top: Scope | null): void {
    for (let statement of statements) {
      if (isTypeOnly(statement)) continue;
      if (statement.type.startsWith('Export') && statement.declaration) statement = statement.declaration;
      if (isTypeOnly(statement)) continue;
      switch (statement.type) {
        case 'FunctionDeclaration':
          if (statement.id) this.bind(block, statement.id, 'function');
          break;
        case 'ClassDeclaration':
          if (statement.id) this.bind(block, statement.id, 'class');
          break;
        case 'TSEnumDeclaration':
          this.bind(block, statement.id, 'enum');
          break;
        case 'TSModuleDeclaration':
          this.bind(block, namespaceId(statement), 'namespace');
          break;
        case 'ImportDeclaration':
          this.imports(statement, block);
          break;
        case 'VariableDeclaration':
          if (statement.kind !== 'var') this.declareVariables(statement, block);
          break;
      }
      if (top !== null && this.hasVars) this.hoistVars(statement, top);
    }
  }

  protected declareVariables(declaration: Node, scope: Scope): void {
    const kind = declaration.kind === 'let' || declaration.kind === 'var' ? declaration.kind : 'const';
    for (const { id } of declaration.declarations)
      for (const name of patternNames(id)) this.bind(scope, name, kind);
  }

  protected hoistVars(node: Node, top: Scope): void {
    if (isFunction(node) || node.type === 'ClassBody' || node.type === 'TSModuleBlock') return;
    if (node.type === 'VariableDeclaration' && node.kind === 'var') this.declareVariables(node, top);
    if (!node.type.endsWith('Expression')) forEachChild(node, (child) => this.hoistVars(child, top));
  }

  protected imports(node: Node, scope: Scope): void {
    if (node.source.value !== 'interleave')
      throw errorAt(
        node.source,
        `only 'interleave' can be imported in a snippet, not '${node.source.value}'`,
      );
    for (const specifier of node.specifiers) {
      if (specifier.importKind === 'type') continue;
      if (specifier.type === 'ImportDefaultSpecifier')
        throw errorAt(
          specifier,
          `'interleave' has no default export: write import { ... } from 'interleave'`,
        );
      const binding = this.bind(scope, specifier.local, 'import');
      const { imported } = specifier;
      binding.imported = imported === undefined ? '*' : (imported.name ?? imported.value);
    }
  }
}
