/** Functions, and what is known of those that a name always holds. */
import { isFunction, type Node, patternNames, unwrap } from './ast.ts';
import { PatternWalk } from './pattern-walk.ts';
import { hasExpressions } from './questions.ts';
import { type Binding, type FunctionInfo, Scope } from './scope.ts';

/** Walks functions. */
export abstract class FunctionWalk extends PatternWalk {
  /** Loops around the node in its function. */
  protected loops = 0;
  /** The node and those around it, the outermost first. */
  protected readonly path: Node[] = [];

  /** The innermost statement or function around the node. */
  protected surrounding(): Node | undefined {
    return this.path.findLast((node) => node.type.endsWith('Statement') || isFunction(node));
  }

  protected function(node: Node, outer: Scope): FunctionInfo {
    const info = this.addFunction(node, outer.fn);
    const { loops, patterns } = this;
    this.loops = 0;
    this.patterns = 0;
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
      this.statements(body.body, inner);
    } else this.walk(body, parameters);
    this.loops = loops;
    this.patterns = patterns;
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

  /** Field initialisers and static blocks are functions of their own. */
  protected synthetic(node: Node, outer: Scope, body: readonly Node[]): void {
    const info = this.addFunction(node, outer.fn);
    const scope = this.addScope(node, outer, info);
    this.hoist(body, scope, scope);
    this.statements(body, scope);
  }

  /** `const f = () => ...`: calls of `f` are calls of this function. */
  protected note(declarator: Node, kind: string): void {
    if (kind !== 'const' || declarator.id.type !== 'Identifier' || !declarator.init) return;
    const value = unwrap(declarator.init);
    if (value.type !== 'ArrowFunctionExpression' && value.type !== 'FunctionExpression') return;
    if ((value.selfScope?.bindings.get(value.id.name)?.uses ?? 0) > 0) return;
    this.know(declarator.id.binding, value.info);
  }

  protected know(binding: Binding, info: FunctionInfo): void {
    if (info.async || info.generator || binding.exportedFrom !== null) return;
    binding.known = info;
    info.binding = binding;
  }
}
