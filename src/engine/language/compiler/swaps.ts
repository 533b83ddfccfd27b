/**
 * `[a, b] = [b, a]` as a statement: values into temporaries, then into their targets. No array is made, for nobody could get hold of it; and since it is none, its elements are no
 * accesses.
 */
import { type Node, unwrap } from './ast.ts';
import type { Context } from './context.ts';
import { expression } from './expressions.ts';
import { reference } from './members.ts';
import type { Unit } from './unit.ts';
import { write } from './variables.ts';

/** A program with these words may have changed how arrays are iterated. */
const ITERATION = /\bSymbol\b|Iterator|\bprototype\b|getPrototypeOf|__/;

/** Whether an assignment can be made without its array: as many targets as values, one for each, and nobody uses what the assignment gives. */
export function isSwap(unit: Unit, node: Node): boolean {
  if (node.isUnused !== true || node.operator !== '=') return false;
  const [to, from] = [unwrap(node.left), unwrap(node.right)];
  if (to.type !== 'ArrayPattern' || from.type !== 'ArrayExpression') return false;
  if (to.elements.length !== from.elements.length || unit.has(ITERATION)) return false;
  const isValue = (it: Node | null) => it !== null && it.type !== 'SpreadElement';
  return to.elements.every(isTarget) && from.elements.every(isValue);
}

function isTarget(element: Node | null): boolean {
  if (element === null) return false;
  const { type } = unwrap(element);
  return type === 'Identifier' || type === 'MemberExpression';
}

/** What the values of such an assignment are given to. */
export const targetsOf = (node: Node): readonly Node[] => unwrap(node.left).elements.map(unwrap);

/** Code of such an assignment: all values in their order, then each target in its. */
export function swap(cx: Context, node: Node): string {
  const values: string[] = [];
  const code = unwrap(node.right).elements.map((element: Node) => {
    const value = expression(cx, element);
    const temp = cx.temp();
    values.push(temp);
    return `${temp}=${value}`;
  });
  targetsOf(node).forEach((target, i) => {
    code.push(give(cx, target, values[i] as string));
  });
  cx.release(...values);
  return `(${code.join(',')})`;
}

function give(cx: Context, target: Node, value: string): string {
  if (target.type === 'Identifier') return write(cx, target, value);
  const ref = reference(cx, target);
  const code = `${ref.setup}${ref.store(value)}`;
  cx.release(...ref.temps);
  return code;
}
