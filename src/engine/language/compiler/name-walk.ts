/** The names a walk over the tree comes across. */
import { isTypeOnly, type Node } from './ast.ts';
import { Declarations } from './declarations.ts';
import type { Binding, Scope } from './scope.ts';

/** Resolves references and notes how they are used. */
export abstract class NameWalk extends Declarations {
  /** Patterns that are being walked, one in another. */
  protected patterns = 0;

  protected abstract walk(node: Node, scope: Scope): void;

  protected walkAll(nodes: readonly (Node | null)[], scope: Scope): void {
    for (const node of nodes) if (node !== null) this.walk(node, scope);
  }

  protected statements(list: readonly Node[], scope: Scope): void {
    for (const node of list) if (!isTypeOnly(node)) this.walk(node, scope);
  }

  protected reference(id: Node, scope: Scope, called = false): Binding | null {
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

  protected write(id: Node, scope: Scope): void {
    const binding = this.reference(id, scope);
    if (binding !== null) binding.writes++;
  }

  protected useThis(scope: Scope): void {
    const { owner } = scope.fn;
    owner.usesThis = true;
    if (owner !== scope.fn) owner.thisCaptured = true;
  }
}
