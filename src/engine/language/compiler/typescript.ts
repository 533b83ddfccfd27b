/** The TypeScript forms that exist at run time: enums and namespaces. */

import { errorAt, type Node, unwrap } from './ast.ts';
import type { Context } from './context.ts';
import { expression } from './expressions.ts';
import type { Binding } from './scope.ts';
import { scoped } from './statements.ts';

/** Code for an enum: an object with the members, and their names by value. */
export function enumDeclaration(cx: Context, node: Node): string {
  const { output } = node.id.binding;
  const inner = cx;
  let code = objectOf(node.id.binding);
  let next: number | null = 0;
  for (const member of node.body.members) {
    const name = JSON.stringify(member.id.name ?? member.id.value);
    const initial = member.initializer ? unwrap(member.initializer) : null;
    let value: string;
    if (initial === null) {
      if (next === null)
        throw errorAt(member, 'this enum member needs a value: the one before it has no number');
      value = String(next++);
    } else {
      const number = literalNumber(initial);
      next = number === null ? null : number + 1;
      value = expression(inner, initial);
    }
    code += `$.enumMember(${output},${name},${value});`;
  }
  return code;
}

/** The object of an enum or namespace: made by its first declaration, kept on its namespace if it is exported. */
function objectOf({ output, exportedFrom, name }: Binding): string {
  if (exportedFrom === null) return `${output}??={};`;
  return `${output}=${exportedFrom.output}[${JSON.stringify(name)}]??={};`;
}

function literalNumber(node: Node): number | null {
  if (node.type === 'NumericLiteral') return node.value;
  if (node.type === 'UnaryExpression' && node.operator === '-') {
    const value = literalNumber(unwrap(node.argument));
    return value === null ? null : -value;
  }
  if (node.type !== 'BinaryExpression') return null;
  const left = literalNumber(unwrap(node.left));
  const right = literalNumber(unwrap(node.right));
  if (left === null || right === null) return null;
  switch (node.operator) {
    case '<<':
      return left << right;
    case '|':
      return left | right;
    case '+':
      return left + right;
    case '*':
      return left * right;
    default:
      return null;
  }
}

/** Code for a namespace: its exports are properties of its object. */
export function namespaceDeclaration(cx: Context, node: Node): string {
  return `${objectOf(node.id.binding)}{${scoped(cx, node.scope, node.body.body)}}`;
}
