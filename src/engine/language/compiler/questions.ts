/** Small questions the analysis and the generator ask of a node. */
import type { Node } from './ast.ts';
import type { Scope } from './scope.ts';

/** A call whose callee need not exist as an object, if it is known. */
export const isDirect = (call: Node): boolean =>
  call.type === 'CallExpression' && call.arguments.every((a: Node) => a.type !== 'SpreadElement');

/** The library's `addressOf`, which asks about variables. */
export const isAddressOf = (callee: Node): boolean =>
  callee.type === 'Identifier' &&
  callee.binding?.kind === 'import' &&
  callee.binding.imported === 'addressOf';

/** Does the program read or write memory by address? Then its variables can be found by theirs. */
export function usesAddresses(module: Scope): boolean {
  for (const { kind, imported } of module.bindings.values())
    if (kind === 'import' && ['peek', 'poke', '*'].includes(imported)) return true;
  return false;
}

/** The identifier a namespace declares. `A.B` is made a namespace `A` that exports `B`. */
export function namespaceId(node: Node): Node {
  while (node.id.type === 'TSQualifiedName') {
    const { start, end, loc } = node;
    const { left, right } = node.id;
    const declaration = { type: node.type, id: right, body: node.body, start, end, loc };
    const statement = { type: 'ExportNamedDeclaration', declaration, start, end, loc };
    node.body = { type: 'TSModuleBlock', body: [statement], start, end, loc };
    node.id = left;
  }
  return node.id;
}

/** A parameter with a default or a computed key: it may see the other parameters, not the body. */
export function hasExpressions(pattern: Node): boolean {
  if (pattern.type === 'AssignmentPattern') return true;
  if (pattern.type === 'ObjectPattern')
    return pattern.properties.some(
      (p: Node) => p.computed || hasExpressions(p.type === 'RestElement' ? p.argument : p.value),
    );
  if (pattern.type === 'ArrayPattern')
    return pattern.elements.some((e: Node | null) => e !== null && hasExpressions(e));
  if (pattern.type === 'RestElement') return hasExpressions(pattern.argument);
  if (pattern.type === 'TSParameterProperty') return hasExpressions(pattern.parameter);
  return false;
}
