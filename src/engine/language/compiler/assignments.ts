/** `=`, `+=`, `&&=`, `++`: a load and a store are two accesses, with room for another thread in between. */
import { type Node, unwrap } from './ast.ts';
import type { Context } from './context.ts';
import { expression, named } from './expressions.ts';
import { reference } from './members.ts';
import { destructure } from './patterns.ts';
import { isSwap, swap } from './swaps.ts';
import { read, stable, write } from './variables.ts';

/** Code for an assignment expression. */
export function assignment(cx: Context, node: Node): string {
  const target = unwrap(node.left);
  if (isSwap(cx.unit, node)) return swap(cx, node);
  if (target.type === 'ObjectPattern' || target.type === 'ArrayPattern')
    return pattern(cx, target, node.right);
  if (node.operator === '=')
    return target.type === 'Identifier' ? variable(cx, node, target) : property(cx, node, target);
  if (LOGICAL.has(node.operator)) return logical(cx, node, target);
  return compound(cx, target, (old) => `${old}${node.operator.slice(0, -1)} ${expression(cx, node.right)}`);
}

const LOGICAL = new Set(['&&=', '||=', '??=']);

function pattern(cx: Context, target: Node, value: Node): string {
  const temp = cx.temp();
  if (value.type === 'Identifier' || value.type === 'MemberExpression') target.source = value;
  const code = `(${temp}=${expression(cx, value)},${destructure(cx, target, temp)}${temp})`;
  cx.release(temp);
  return code;
}

/** An anonymous function takes the variable's name, unless the variable was in parentheses. */
function valueFor(cx: Context, target: Node, value: Node): string {
  return target.type === 'Identifier' && !target.extra?.parenthesized
    ? named(cx, value, target.name)
    : expression(cx, value);
}

function variable(cx: Context, node: Node, target: Node): string {
  return write(cx, target, valueFor(cx, target, node.right));
}

function property(cx: Context, node: Node, target: Node): string {
  const ref = reference(cx, target);
  const fixed = stable(cx, unwrap(node.right));
  if (fixed !== null) {
    const code = `(${ref.setup}${ref.store(fixed)})`;
    cx.release(...ref.temps);
    return code;
  }
  const value = expression(cx, node.right);
  const temp = cx.temp();
  const code = `(${ref.setup}${temp}=${value},${ref.store(temp)})`;
  cx.release(temp, ...ref.temps);
  return code;
}

function compound(cx: Context, target: Node, result: (old: string) => string): string {
  const temp = cx.temp();
  let code: string;
  if (target.type === 'Identifier') {
    const direct = !target.binding?.shared;
    const value = result(direct ? read(cx, target) : `(${temp}=${read(cx, target)})`);
    code = write(cx, target, value);
  } else {
    const ref = reference(cx, target);
    const loaded = ref.load();
    code = `(${ref.setup}${temp}=${result(loaded)},${ref.store(temp)})`;
    cx.release(...ref.temps);
  }
  cx.release(temp);
  return code;
}

function logical(cx: Context, node: Node, target: Node): string {
  const operator = node.operator.slice(0, -1);
  if (target.type === 'Identifier')
    return `(${read(cx, target)} ${operator} ${write(cx, target, valueFor(cx, target, node.right))})`;
  const ref = reference(cx, target);
  const loaded = ref.load();
  const temp = cx.temp();
  const value = expression(cx, node.right);
  const code = `(${ref.setup}${loaded} ${operator} (${temp}=${value},${ref.store(temp)}))`;
  cx.release(temp, ...ref.temps);
  return code;
}

/** Code for `++` and `--`, before or after. */
export function update(cx: Context, node: Node): string {
  const target = unwrap(node.argument);
  const { operator, prefix } = node;
  if (target.type === 'Identifier' && target.binding && !target.binding.shared && simple(target))
    return prefix ? `(${operator}${target.binding.output})` : `(${target.binding.output}${operator})`;
  const next = cx.temp();
  const old = cx.temp();
  const step = prefix ? `${operator}${next}` : `${old}=${next}${operator}`;
  const result = prefix ? '' : `,${old}`;
  let code: string;
  if (target.type === 'Identifier') {
    code = `(${next}=${read(cx, target)},${step},${write(cx, target, next)}${result})`;
  } else {
    const ref = reference(cx, target);
    code = `(${ref.setup}${next}=${ref.load()},${step},${ref.store(next)}${result})`;
    cx.release(...ref.temps);
  }
  cx.release(next, old);
  return code;
}

const simple = (id: Node): boolean =>
  !id.binding.constant && !id.binding.checked && id.binding.exportedFrom === null;
