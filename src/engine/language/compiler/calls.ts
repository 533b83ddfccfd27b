/** Calls, `new`, `super()`, optional chains and tagged templates. */

import { type Node, unwrap } from './ast.ts';
import { calleeText } from './callee-text.ts';
import { fieldInitialisation } from './classes.ts';
import type { Context } from './context.ts';
import { expression } from './expressions.ts';
import { listOf } from './literals.ts';
import { reference } from './members.ts';
import { isAddressOf } from './questions.ts';
import type { Binding } from './scope.ts';
import { read } from './variables.ts';

/** Built-in objects whose functions call nothing of the reader's but conversions: called directly. */
const DIRECT: Readonly<Record<string, object>> = { Math, Number, BigInt };

/** Whether an expression names a function of one of them. */
const isDirect = (object: Node, key: Node): boolean =>
  object.type === 'Identifier' &&
  !object.binding &&
  typeof (DIRECT[object.name] as Record<string, unknown> | undefined)?.[key.name] === 'function';

/** Code for a call. */
export function callExpression(cx: Context, node: Node): string {
  const callee = unwrap(node.callee);
  if (callee.type === 'Super') return superCall(cx, node);
  if (isAddressOf(callee)) return addressOf(cx, node);
  if (
    callee.type === 'Identifier' &&
    callee.binding?.known &&
    callee.binding.stable &&
    !hasSpread(node.arguments)
  )
    return knownCall(cx, node, callee.binding);
  if (callee.type === 'MemberExpression') return methodCall(cx, node, callee);
  if (callee.type === 'OptionalMemberExpression') return parenthesisedChainCall(cx, node, callee);
  const site = cx.site(node, 'call', nameOf(callee), calleeText(callee));
  if (callee.type === 'Identifier' && callee.binding?.stable)
    return invoke(cx, node, read(cx, callee), 'void 0', site);
  const f = cx.temp();
  const code = `(${f}=${expression(cx, callee)},${invoke(cx, node, f, 'void 0', site)})`;
  cx.release(f);
  return code;
}

function nameOf(callee: Node): string {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression')
    return callee.computed ? '[]' : `.${callee.property.name ?? `#${callee.property.id?.name}`}`;
  return '';
}

function knownCall(cx: Context, node: Node, binding: Binding): string {
  const args = node.arguments.map((a: Node) => expression(cx, a)).join(',');
  const site = cx.site(node, 'call', binding.name);
  if (cx.plain) return `${binding.output}p(${args})`;
  if (binding.known?.plain) {
    const list = args === '' ? '' : `,${args}`;
    const arity = node.arguments.length <= 3 ? String(node.arguments.length) : '';
    return cx.suspend(
      `$.plain${arity}(${binding.output}p,${binding.output}g${arity === '' ? `,[${args}]` : list})`,
      site,
    );
  }
  if (node.arguments.length > 3) return cx.suspend(`$.run(${binding.output}g(${args}))`, site);
  const list = args === '' ? '' : `,${args}`;
  return cx.suspend(`${cx.unit.formCaller(node.arguments.length)}($,${binding.output}g${list})`, site);
}

function methodCall(cx: Context, node: Node, callee: Node): string {
  const object = unwrap(callee.object);
  if (!callee.computed && isDirect(object, callee.property)) {
    if (!hasSpread(node.arguments))
      return `${read(cx, object)}.${callee.property.name}(${node.arguments.map((a: Node) => expression(cx, a)).join(',')})`;
  }
  const site = cx.site(node, 'call', nameOf(callee), calleeText(callee));
  const ref = reference(cx, callee);
  const f = cx.temp();
  const code = `(${ref.setup}${f}=${ref.method()},${invoke(cx, node, f, ref.object, site)})`;
  cx.release(f, ...ref.temps);
  return code;
}

const hasSpread = (args: readonly Node[]): boolean => args.some((a) => a.type === 'SpreadElement');

/** Code that calls code `f` with code `self` and a call's arguments. */
export function invoke(cx: Context, node: Node, f: string, self: string, site: number): string {
  const args: readonly Node[] = node.arguments;
  if (args.length > 3 || hasSpread(args))
    return atSite(cx, `$.invoke(${f},${self},${listOf(cx, args)}`, site);
  let list = '';
  for (const argument of args) list += `,${expression(cx, argument)}`;
  return atSite(cx, `${cx.unit.caller(args.length)}($,${f},${self}${list}`, site);
}

/** A call without its last parenthesis. The site is stored right before the call: arguments may contain calls of their own. */
function atSite(cx: Context, open: string, site: number): string {
  return cx.suspend(`${open},$.site=${site})`, site);
}

/** Code for `new`. */
export function newExpression(cx: Context, node: Node): string {
  const callee = unwrap(node.callee);
  const site = cx.site(node, 'new', callee.type === 'Identifier' ? callee.name : '', calleeText(callee));
  const f = cx.temp();
  const made = expression(cx, callee);
  const args = listOf(cx, node.arguments);
  const code = `(${f}=${made},${cx.suspend(`$.create(${f},${args},$.site=${site})`, site)})`;
  cx.release(f);
  return code;
}

/** `super(...)`: construct the parent, bind `this`, run the class's field initialisers. */
function superCall(cx: Context, node: Node): string {
  const { owner } = cx.fn;
  const site = cx.site(node, 'call', 'super');
  const self = `$t${owner.index}`;
  const parent = cx.temp();
  const args = listOf(cx, node.arguments);
  const made = cx.suspend(`$.construct(${parent},${args},$n${owner.index})`, site);
  const code = `(${parent}=$.parent($c${owner.index}),${parent}=${made},${self}=$.bind(${self},${parent}),${fieldInitialisation(cx, owner, self, site)}${self})`;
  cx.release(parent);
  return code;
}

/** `addressOf(x)`: of the object x holds, or of the variable itself where it holds a primitive value. */
function addressOf(cx: Context, node: Node): string {
  const argument = node.arguments[0] === undefined ? undefined : unwrap(node.arguments[0]);
  if (argument?.type === 'Identifier' && argument.binding) {
    const { binding } = argument;
    const { unit } = cx;
    if (unit.usesAddresses && binding.exportedFrom === null)
      return `$.locateVariable(${read(cx, argument)},${unit.address(binding)},${unit.word(binding)})`;
    return `$.addressOfVariable(${read(cx, argument)},${cx.unit.address(binding)})`;
  }
  if (
    argument?.type === 'MemberExpression' &&
    argument.property.type !== 'PrivateName' &&
    argument.object.type !== 'Super'
  ) {
    const ref = reference(cx, argument);
    const key = argument.computed
      ? /\[(.*)\]$/s.exec(ref.method())?.[1]
      : JSON.stringify(argument.property.name);
    const located = cx.unit.usesAddresses
      ? `$.locateProperty(${ref.load()},${ref.object},${key})`
      : `$.addressOfVariable(${ref.load()},$K.element(${ref.object},${key}))`;
    const code = `(${ref.setup}${located})`;
    cx.release(...ref.temps);
    return code;
  }
  const value = argument ? expression(cx, argument) : 'void 0';
  return cx.unit.usesAddresses ? `$.locateValue(${value})` : `$.addressOfVariable(${value},0)`;
}

/** An optional chain: what comes after a `?.` on nothing is not evaluated. */
export function optionalChain(cx: Context, node: Node, remove: boolean): string {
  const held: string[] = [];
  const { guards, code } = chainOf(cx, node, remove, held, false);
  cx.release(...held);
  return `(${guards}${code})`;
}

/** `(a?.b)()`: calls what the chain gives, with the chain's last object as `this`. */
function parenthesisedChainCall(cx: Context, node: Node, callee: Node): string {
  const held: string[] = [];
  const { guards, code, self } = chainOf(cx, callee, false, held, true);
  const f = cx.temp();
  const site = cx.site(node, 'call', nameOf(callee), calleeText(callee));
  const call = `(${f}=(${guards}${code}),${invoke(cx, node, f, self, site)})`;
  cx.release(f, ...held);
  return call;
}

function chainOf(cx: Context, node: Node, remove: boolean, held: string[], called: boolean): Chain {
  const links: Node[] = [];
  let base = node;
  while (isLink(base)) {
    links.unshift(base);
    base = unwrapNonNull(base.callee ?? base.object);
  }
  const hold = (): string => {
    const temp = cx.temp();
    held.push(temp);
    return temp;
  };
  const chain: Chain = { code: '', self: 'void 0', guards: '' };
  startChain(cx, base, chain, held);
  links.forEach((link, i) => {
    const last = i === links.length - 1;
    addLink(cx, link, chain, hold, last ? called : links[i + 1]?.callee !== undefined, remove && last);
  });
  return chain;
}

interface Chain {
  code: string;
  self: string;
  guards: string;
}

const isLink = (node: Node): boolean =>
  node.type === 'OptionalMemberExpression' || node.type === 'OptionalCallExpression';

const unwrapNonNull = (node: Node): Node => {
  while (node.type === 'TSNonNullExpression' && isLink(node.expression)) node = node.expression;
  return node;
};

function startChain(cx: Context, base: Node, chain: Chain, held: string[]): void {
  const inner = unwrap(base);
  if (inner.type !== 'MemberExpression') {
    chain.code = expression(cx, base);
    return;
  }
  // `a.b?.()` calls with `a` as `this`.
  const ref = reference(cx, inner);
  chain.code = `(${ref.setup}${ref.load()})`;
  chain.self = ref.object;
  for (const temp of ref.temps) {
    if (temp === ref.object) held.push(temp);
    else cx.release(temp);
  }
}

function addLink(
  cx: Context,
  link: Node,
  chain: Chain,
  hold: () => string,
  called: boolean,
  remove: boolean,
): void {
  if (link.optional) {
    const temp = hold();
    chain.guards += `(${temp}=${chain.code})==null?${remove ? 'true' : 'void 0'}:`;
    chain.code = temp;
  }
  if (link.callee !== undefined) {
    const f = hold();
    const site = cx.site(link, 'call', nameOf(unwrap(link.callee)), calleeText(link.callee));
    chain.code = `(${f}=${chain.code},${invoke(cx, link, f, chain.self, site)})`;
    chain.self = 'void 0';
    return;
  }
  const object = hold();
  const ref = reference(cx, link, object);
  const setup = `${object}=${chain.code},${ref.setup}`;
  chain.code = `(${setup}${remove ? ref.remove() : ref.load()})`;
  chain.self = called ? object : 'void 0';
  cx.release(...ref.temps);
}

/** A tagged template: its strings object is made once for each instance. */
export function taggedTemplate(cx: Context, node: Node): string {
  const tag = unwrap(node.tag);
  const name = `$l${cx.unit.id()}`;
  cx.unit.instance += `let ${name};`;
  const cooked = node.quasi.quasis.map((q: Node) =>
    q.value.cooked == null ? 'void 0' : JSON.stringify(q.value.cooked),
  );
  const raw = node.quasi.quasis.map((q: Node) => JSON.stringify(q.value.raw));
  const strings = `(${name}??=$.template([${cooked}],[${raw}]))`;
  const site = cx.site(node, 'call', nameOf(tag), calleeText(tag));
  const f = cx.temp();
  let setup: string;
  let self = 'void 0';
  let temps: readonly string[] = [];
  if (tag.type === 'MemberExpression') {
    const ref = reference(cx, tag);
    setup = `${ref.setup}${f}=${ref.method()}`;
    self = ref.object;
    temps = ref.temps;
  } else setup = `${f}=${expression(cx, tag)}`;
  const values = node.quasi.expressions.map((e: Node) => `,${expression(cx, e)}`).join('');
  const code = `(${setup},${atSite(cx, `$.invoke(${f},${self},[${strings}${values}]`, site)})`;
  cx.release(f, ...temps);
  return code;
}
