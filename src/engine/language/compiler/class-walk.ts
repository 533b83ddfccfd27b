/** Classes: their scopes, members and decorators. */
import { errorAt, type Node } from './ast.ts';
import { FunctionWalk } from './function-walk.ts';
import { Binding, type Scope } from './scope.ts';

const isConstructor = (m: Node): boolean => m.kind === 'constructor' && m.type === 'ClassMethod';

/** Walks classes. */
export abstract class ClassWalk extends FunctionWalk {
  protected class(node: Node, scope: Scope): void {
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
        this.path.push(member);
        const info = this.function(member, scope);
        this.path.pop();
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
}
