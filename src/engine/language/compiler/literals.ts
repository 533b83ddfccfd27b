/** Array and object literals, and lists of arguments. */
import type { Node } from './ast.ts';
import { sourceText } from './callee-text.ts';
import type { Context } from './context.ts';
import { expression, named, namedBy } from './expressions.ts';
import { accessorValue, methodValue } from './functions.ts';

/** Code for an array literal. */
export function arrayLiteral(cx: Context, node: Node): string {
  return cx.made(listOf(cx, node.elements));
}

/** Code for an array of the values of elements, spreads and holes. */
export function listOf(cx: Context, elements: readonly (Node | null)[]): string {
  const spread = elements.some((e) => e?.type === 'SpreadElement');
  if (spread) return spreadList(cx, elements);
  const items = elements.map((element) => (element === null ? '' : expression(cx, element)));
  return `[${items.join(',')}${elements.at(-1) === null ? ',' : ''}]`;
}

/** A list grows in a temporary: what a spread gives is appended element by element. */
function spreadList(cx: Context, elements: readonly (Node | null)[]): string {
  const list = cx.temp();
  const item = cx.temp();
  const parts = elements.map((element) => {
    if (element === null) return `${list}.length++`;
    if (element.type !== 'SpreadElement') return `${list}[${list}.length]=${expression(cx, element)}`;
    const value = `${item}=${expression(cx, element.argument)}`;
    const site = cx.site(element, 'load', '[]', sourceText(element.argument));
    return `${value},$.append(${list},$.plainArray(${item})?${item}:/*${site}*/yield* $.toList(${item},${site}))`;
  });
  cx.release(list, item);
  return `(${list}=[],${parts.join(',')},${list})`;
}

/** Code for a property key that is not computed, as a string of source. */
export function literalKey(key: Node): string {
  if (key.type === 'Identifier') return JSON.stringify(key.name);
  if (key.type === 'NumericLiteral' || key.type === 'BigIntLiteral') return JSON.stringify(String(key.value));
  return JSON.stringify(key.value);
}

/** Code for an object literal. */
export function objectLiteral(cx: Context, node: Node): string {
  if (node.properties.some(usesSuper)) return literalWithHome(cx, node);
  return cx.made(`({${node.properties.map((p: Node) => property(cx, p)).join(',')}})`);
}

const usesSuper = (property: Node): boolean => property.type === 'ObjectMethod' && property.info.usesSuper;

/** Methods find `super` through a holder that is given the object once it exists. */
function literalWithHome(cx: Context, node: Node): string {
  const name = `$o${cx.unit.id()}`;
  const inner = cx.inner(cx.fn, { home: `${name}.object` });
  const body = `({${node.properties.map((p: Node) => property(inner, p)).join(',')}})`;
  return `(yield* (function*(${name}){${inner.declarations()}return ${name}.object=${inner.made(body)}}).call(this,{object:null}))`;
}

function property(cx: Context, node: Node): string {
  if (node.type === 'SpreadElement') return `...${cx.seen(expression(cx, node.argument), 'values', node)}`;
  if (node.type === 'ObjectMethod') return method(cx, node);
  if (node.computed) return computed(cx, node);
  const key = literalKey(node.key);
  if (key === '"__proto__"' && !node.shorthand) return `__proto__:${expression(cx, node.value)}`;
  const value = named(cx, node.value, JSON.parse(key));
  return key === '"__proto__"' ? `["__proto__"]:${value}` : `${key}:${value}`;
}

function computed(cx: Context, node: Node): string {
  const temp = cx.temp();
  const key = `[${temp}=$.toKey(${expression(cx, node.key)})]`;
  const code = `${key}:${namedBy(cx, node.value, temp)}`;
  cx.release(temp);
  return code;
}

function method(cx: Context, node: Node): string {
  if (node.kind === 'get' || node.kind === 'set') {
    const key = node.computed ? `[${expression(cx, node.key)}]` : `[${literalKey(node.key)}]`;
    return `${node.kind} ${key}${accessorValue(cx, node)}`;
  }
  if (!node.computed) {
    const key = literalKey(node.key);
    return `[${key}]:${methodValue(cx, node, JSON.parse(key))}`;
  }
  const temp = cx.temp();
  const code = `[${temp}=$.toKey(${expression(cx, node.key)})]:$.named(${methodValue(cx, node, '')},${temp})`;
  cx.release(temp);
  return code;
}
