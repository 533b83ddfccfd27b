/** Expressions. Every function returns code that can stand wherever an assignment expression can. */

import { assignment, update } from './assignments.ts';
import { errorAt, type Node, unwrap } from './ast.ts';
import { callExpression, newExpression, optionalChain, taggedTemplate } from './calls.ts';
import { classExpression } from './classes.ts';
import type { Context } from './context.ts';
import { functionValue } from './functions.ts';
import { arrayLiteral, objectLiteral } from './literals.ts';
import { loadMember } from './members.ts';
import { read } from './variables.ts';

/** Code for an expression. */
export function expression(cx: Context, node: Node): string {
  const generate = GENERATORS[node.type];
  if (generate === undefined) throw errorAt(node, `${node.type} is not supported in a snippet`);
  return generate(cx, node);
}

const ANONYMOUS = new Set(['FunctionExpression', 'ArrowFunctionExpression', 'ClassExpression']);

/** Whether an expression is a function or class without a name, which takes the name of what it is assigned to. */
export function isAnonymous(node: Node): boolean {
  node = unwrap(node);
  return ANONYMOUS.has(node.type) && !node.id;
}

/** Code for an expression assigned to something called `name`. */
export function named(cx: Context, node: Node, name: string): string {
  const inner = unwrap(node);
  if (!isAnonymous(inner)) return expression(cx, node);
  if (inner.type === 'ClassExpression') return classExpression(cx, inner, JSON.stringify(name));
  return functionValue(cx, inner, name);
}

/** Code for an anonymous function or class whose name is known only when it runs. */
export function namedBy(cx: Context, node: Node, name: string): string {
  const inner = unwrap(node);
  if (!isAnonymous(inner)) return expression(cx, node);
  if (inner.type === 'ClassExpression') return classExpression(cx, inner, `$.nameOf(${name})`);
  return `$.named(${functionValue(cx, inner, '')},${name})`;
}

/** `this`, wherever it is. */
export function thisValue(cx: Context): string {
  const { owner } = cx.fn;
  if (owner.derived) return `$.self($t${owner.index})`;
  if (owner.node.type === 'Program' || owner.node.type === 'TSModuleDeclaration') return '(void 0)';
  return owner.thisCaptured || owner.usesNewTarget ? `$t${owner.index}` : 'this';
}

function template(cx: Context, node: Node): string {
  let code = '`';
  node.quasis.forEach((quasi: Node, i: number) => {
    code += quasi.value.raw;
    if (i < node.expressions.length)
      code += `\${${cx.seen(expression(cx, node.expressions[i]), 'text', node.expressions[i])}}`;
  });
  return `${code}\``;
}

function unary(cx: Context, node: Node): string {
  const argument = unwrap(node.argument);
  if (
    node.operator === 'typeof' &&
    argument.type === 'Identifier' &&
    !argument.binding &&
    argument.name !== 'undefined'
  )
    return `$.typeofGlobal(${JSON.stringify(argument.name)})`;
  if (node.operator === 'delete') {
    if (argument.type === 'MemberExpression') return loadMember(cx, argument, 'delete');
    if (argument.type === 'OptionalMemberExpression') return optionalChain(cx, argument, true);
  }
  if (node.operator === 'delete') return `(${expression(cx, argument)},true)`;
  return `(${node.operator} ${expression(cx, argument)})`;
}

function binary(cx: Context, node: Node): string {
  if (node.operator === 'in' && node.left.type === 'PrivateName') {
    const helper = cx.privates.get(node.left.id.name);
    return `${helper}.has($.object(${expression(cx, node.right)}))`;
  }
  if (cx.tellsLooks && (node.operator === '+' || node.operator === 'in')) return lookingBinary(cx, node);
  const [left, right] = [expression(cx, node.left), expression(cx, node.right)];
  return `(${left} ${node.operator} ${right})`;
}

/** An operator that looks into objects: the thread stops when both operands are known. */
function lookingBinary(cx: Context, node: Node): string {
  const { operator } = node;
  const left = expression(cx, node.left);
  const first = cx.temp();
  const right = expression(cx, node.right);
  const second = cx.temp();
  cx.release(first, second);
  const looks =
    operator === 'in'
      ? cx.look(second, 'key', node, first)
      : `${cx.look(first, 'text', node.left)},${cx.look(second, 'text', node.right)}`;
  return `(${first}=${left},${second}=${right},${looks},${first} ${operator} ${second})`;
}

/** `yield` of the reader's generator: the operand travels in the runtime, the signal tells the bridge. */
function yieldExpression(cx: Context, node: Node): string {
  const argument = node.argument ? expression(cx, node.argument) : 'void 0';
  if (node.delegate) {
    const site = cx.site(node, 'call', 'next');
    return `(/*${site}*/yield* $.delegate${cx.fn.async ? 'Async' : ''}(${argument},${site}))`;
  }
  return `(yield ($.out=${argument},$Y))`;
}

/** Code that awaits the value of other code. */
export function awaiting(code: string): string {
  return `(yield ($.out=${code},$A))`;
}

/** `await`: a program that shows its variables also shows who waits at which of them. */
function awaitExpression(cx: Context, node: Node): string {
  const value = expression(cx, node.argument);
  const site = cx.site(node, 'await', '');
  return awaiting(cx.unit.showsLocals ? `(${value}),$.site=${site}` : value);
}

function meta(cx: Context, node: Node): string {
  if (node.meta.name === 'new') {
    const { owner } = cx.fn;
    return owner.node.type === 'ClassProperty' || owner.node.type === 'StaticBlock'
      ? 'void 0'
      : `$n${owner.index}`;
  }
  return '$.importMeta()';
}

/** The parser does not look into regular expressions; the language does, before anything runs. */
function regularExpression(cx: Context, node: Node): string {
  try {
    new RegExp(node.pattern, node.flags);
  } catch (error) {
    throw errorAt(node, (error as Error).message);
  }
  return source(cx, node);
}

const source = (cx: Context, node: Node): string => cx.unit.source.slice(node.start, node.end);
const inside = (cx: Context, node: Node): string => expression(cx, node.expression);

const GENERATORS: Record<string, (cx: Context, node: Node) => string> = {
  Identifier: read,
  NumericLiteral: source,
  StringLiteral: (_cx, node) => JSON.stringify(node.value).replace(/[\u2028\u2029]/g, escape16),
  BooleanLiteral: (_cx, node) => String(node.value),
  NullLiteral: () => 'null',
  BigIntLiteral: source,
  RegExpLiteral: regularExpression,
  TemplateLiteral: template,
  ThisExpression: thisValue,
  ArrayExpression: arrayLiteral,
  ObjectExpression: objectLiteral,
  FunctionExpression: (cx, node) => functionValue(cx, node, node.id?.name ?? ''),
  ArrowFunctionExpression: (cx, node) => functionValue(cx, node, ''),
  ClassExpression: (cx, node) => classExpression(cx, node, node.id ? JSON.stringify(node.id.name) : '""'),
  UnaryExpression: unary,
  BinaryExpression: binary,
  LogicalExpression: (cx, node) =>
    `(${expression(cx, node.left)} ${node.operator} ${expression(cx, node.right)})`,
  ConditionalExpression: (cx, node) =>
    `(${expression(cx, node.test)}?${expression(cx, node.consequent)}:${expression(cx, node.alternate)})`,
  SequenceExpression: (cx, node) => `(${node.expressions.map((e: Node) => expression(cx, e)).join(',')})`,
  AssignmentExpression: assignment,
  UpdateExpression: update,
  MemberExpression: (cx, node) => loadMember(cx, node, 'load'),
  OptionalMemberExpression: (cx, node) => optionalChain(cx, node, false),
  CallExpression: callExpression,
  OptionalCallExpression: (cx, node) => optionalChain(cx, node, false),
  NewExpression: newExpression,
  TaggedTemplateExpression: taggedTemplate,
  YieldExpression: yieldExpression,
  AwaitExpression: awaitExpression,
  MetaProperty: meta,
  TSAsExpression: inside,
  TSSatisfiesExpression: inside,
  TSNonNullExpression: inside,
  TSTypeAssertion: inside,
  TSInstantiationExpression: inside,
  ParenthesizedExpression: inside,
};

const escape16 = (c: string): string => `\\u${c.charCodeAt(0).toString(16)}`;
