/** What is called, in the words of an error: `a.b`, `f(...).x`. */
import { type Node, unwrap } from './ast.ts';

/** A callee as V8 writes it in "... is not a function". */
export function calleeText(node: Node): string {
  const inner = unwrap(node);
  switch (inner.type) {
    case 'Identifier':
      return inner.name;
    case 'ThisExpression':
      return 'this';
    case 'Super':
      return '(intermediate value)';
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return String(inner.value);
    case 'StringLiteral':
      return JSON.stringify(inner.value);
    case 'NullLiteral':
      return 'null';
    case 'CallExpression':
    case 'OptionalCallExpression':
      return `${calleeText(inner.callee)}(...)`;
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return memberText(inner);
    default:
      return '(intermediate value)';
  }
}

/** A value as errors write it, where it was written as something with a name. */
export function sourceText(node: Node | undefined): string | undefined {
  const text = node === undefined ? '(intermediate value)' : calleeText(node);
  return text.startsWith('(') ? undefined : text;
}

function memberText({ object, property, computed, optional }: Node): string {
  const text = calleeText(object);
  const chain = optional ? '?.' : '';
  if (!computed) return `${text}${chain || '.'}${property.id ? `#${property.id.name}` : property.name}`;
  const key = unwrap(property);
  if (key.type === 'StringLiteral') return `${text}${chain || '.'}${key.value}`;
  const known = key.type === 'Identifier' || key.type === 'NumericLiteral' || key.type === 'MemberExpression';
  return `${text}${chain}[${known ? calleeText(key) : '...'}]`;
}
