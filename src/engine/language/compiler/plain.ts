/**
 * Which functions can be compiled plain: they touch nothing another thread can see, block on nothing and call only
 * such functions. They run at native speed, and having no effects they can be run again in their suspendable form.
 */
import { forEachChild, isFunction, type Node, unwrap } from './ast.ts';
import type { Binding, FunctionInfo } from './scope.ts';

/** Mark the functions that can be compiled plain. */
export function findPlain(functions: readonly FunctionInfo[]): void {
  const candidates = new Set(functions.filter(isCandidate));
  // A function that calls one that is not plain is not plain either: remove until nothing changes.
  for (let before = -1; before !== candidates.size; ) {
    before = candidates.size;
    for (const fn of candidates)
      for (const callee of fn.callees) if (!candidates.has(callee)) candidates.delete(fn);
  }
  for (const fn of candidates) fn.plain = true;
}

function isCandidate(fn: FunctionInfo): boolean {
  const { node, binding } = fn;
  if (binding === null || !binding.stable || binding.known !== fn) return false;
  if (fn.async || fn.generator || fn.usesThis || fn.usesArguments || fn.usesNewTarget) return false;
  return (
    node.params.every((p: Node) => p.type === 'Identifier' && isOwn(p.binding)) && isPlain(fn, node.body)
  );
}

/** A variable that nobody else can see. */
const isOwn = (binding: Binding): boolean => !binding.captured && !binding.checked && !binding.addressed;

const STATEMENTS = new Set([
  'BlockStatement',
  'EmptyStatement',
  'ExpressionStatement',
  'ReturnStatement',
  'IfStatement',
  'WhileStatement',
  'DoWhileStatement',
  'BreakStatement',
  'ContinueStatement',
  'LabeledStatement',
]);

const EXPRESSIONS = new Set([
  'NumericLiteral',
  'StringLiteral',
  'BooleanLiteral',
  'NullLiteral',
  'LogicalExpression',
  'ConditionalExpression',
  'SequenceExpression',
]);

const OPERATORS = new Set('+ - * / % ** & | ^ << >> >>> == != === !== < <= > >='.split(' '));

function isPlain(fn: FunctionInfo, node: Node): boolean {
  const inner = unwrap(node);
  if (inner !== node) return isPlain(fn, inner);
  if (isFunction(node)) return false;
  switch (node.type) {
    case 'Identifier':
      return isPlainRead(fn, node);
    case 'BinaryExpression':
      return OPERATORS.has(node.operator) && isPlain(fn, node.left) && isPlain(fn, node.right);
    case 'UnaryExpression':
      return node.operator !== 'delete' && isPlain(fn, node.argument);
    case 'UpdateExpression':
      return isPlainTarget(fn, node.argument);
    case 'AssignmentExpression':
      return isPlainTarget(fn, node.left) && isPlain(fn, node.right);
    case 'CallExpression':
      return isPlainCall(fn, node);
    case 'VariableDeclaration':
      return (
        node.kind !== 'using' &&
        node.kind !== 'await using' &&
        node.declarations.every((d: Node) => isPlainDeclarator(fn, d))
      );
    case 'ForStatement':
      return [node.init, node.test, node.update, node.body].every((part) => !part || isPlain(fn, part));
    case 'BreakStatement':
    case 'ContinueStatement':
      return true;
    case 'LabeledStatement':
      return isPlain(fn, node.body);
  }
  if (!STATEMENTS.has(node.type) && !EXPRESSIONS.has(node.type)) return false;
  let plain = true;
  forEachChild(node, (child) => {
    plain &&= isPlain(fn, child);
  });
  return plain;
}

function isPlainRead(fn: FunctionInfo, id: Node): boolean {
  const { binding } = id;
  if (!binding) return id.name === 'undefined' || id.name === 'NaN' || id.name === 'Infinity';
  if (binding.scope.fn === fn) return isOwn(binding);
  // A number or text that never changes, from outside.
  return binding.stable && binding.kind === 'const' && isPrimitive(binding.value);
}

const isPrimitive = (node: Node | null): boolean =>
  node !== null && ['NumericLiteral', 'StringLiteral', 'BooleanLiteral'].includes(unwrap(node).type);

function isPlainTarget(fn: FunctionInfo, node: Node): boolean {
  const target = unwrap(node);
  return (
    target.type === 'Identifier' &&
    target.binding?.scope.fn === fn &&
    isOwn(target.binding) &&
    !target.binding.constant
  );
}

function isPlainDeclarator(fn: FunctionInfo, node: Node): boolean {
  return node.id.type === 'Identifier' && isOwn(node.id.binding) && (!node.init || isPlain(fn, node.init));
}

function isPlainCall(fn: FunctionInfo, node: Node): boolean {
  const callee = unwrap(node.callee);
  if (!node.arguments.every((a: Node) => a.type !== 'SpreadElement' && isPlain(fn, a))) return false;
  if (callee.type === 'Identifier' && callee.binding?.known && callee.binding.stable) {
    fn.callees.add(callee.binding.known);
    return true;
  }
  if (callee.type !== 'MemberExpression' || callee.computed) return false;
  const object = unwrap(callee.object);
  return (
    object.type === 'Identifier' &&
    !object.binding &&
    object.name === 'Math' &&
    callee.property.name !== 'random'
  );
}
