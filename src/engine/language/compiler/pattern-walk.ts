/** Patterns: the names they declare or assign to, and the expressions in them. */
import { type Node, patternNames, unwrap } from './ast.ts';
import { NameWalk } from './name-walk.ts';
import { isSequence } from './patterns.ts';
import type { Scope } from './scope.ts';

/** Walks patterns. */
export abstract class PatternWalk extends NameWalk {
  /** The targets of an assignment or of a `for` head that declares nothing. */
  protected target(node: Node, scope: Scope): void {
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

  /** Walk a pattern that declares names; where it cannot become declarators, the names are declared early. */
  protected declaringPattern(pattern: Node, scope: Scope): void {
    if (!isSequence(pattern))
      for (const { name } of patternNames(pattern)) {
        const binding = scope.lookup(name);
        if (binding !== null && binding.kind !== 'var') binding.early = true;
      }
    this.patterns++;
    this.pattern(pattern, scope);
    this.patterns--;
  }

  protected forHead(declaration: Node, scope: Scope): void {
    const { id } = declaration.declarations[0];
    this.declaringPattern(id, scope);
    if (declaration.kind === 'var') for (const name of patternNames(id)) this.write(name, scope);
  }
}
