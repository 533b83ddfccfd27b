/** Loops: each turn checks the fuel, so that any of them can be stopped. */
import { type Node, patternNames, unwrap } from './ast.ts';
import type { Context } from './context.ts';
import { expression, named } from './expressions.ts';
import { scopeLocals } from './locals.ts';
import { reference } from './members.ts';
import { bindPattern, destructure, openWalk, protect } from './patterns.ts';
import { disposeEach, usesResources } from './resources.ts';
import { sprint } from './sprint.ts';
import { scopeHead, statement } from './statements.ts';
import { write } from './variables.ts';

/** Ticks a turn costs for each node of its body: a quarter of a nanosecond. */
const NODE_TICKS = 4;

const ticksOf = (node: Node): number => Math.min(1024, Math.max(8, NODE_TICKS * (node.weight ?? 2)));

const turn = (cx: Context, node: Node): string => cx.fuel(ticksOf(node), cx.site(node, 'loop', ''));

/** Code of a loop that tests first; where it can sprint, it may do so in front of each test. */
function turns(cx: Context, node: Node, start: string, test: string, update: string, locals: string): string {
  const check = locals + turn(cx, node);
  const body = statement(cx, node.body);
  const fast = cx.plain ? '' : sprint(cx.unit, node, { test, update, body, ticks: ticksOf(node) });
  if (fast === '') return `${labels(node)}for(${start};${test};${update}){${check}${body}}`;
  const over = test === '' ? '' : `if(!(${test}))break;`;
  return `${labels(node)}for(${start};;${update}){${fast}${over}${check}${body}}`;
}

const labels = (node: Node): string => node.labels ?? '';

export function whileLoop(cx: Context, node: Node): string {
  return turns(cx, node, '', expression(cx, node.test), '', '');
}

export function doWhileLoop(cx: Context, node: Node): string {
  return `${labels(node)}do{${turn(cx, node)}${statement(cx, node.body)}}while(${expression(cx, node.test)});`;
}

export function forLoop(cx: Context, node: Node): string {
  const head = scopeHead(cx, node.scope, []);
  const { init } = node;
  let before = '';
  let start = '';
  const fresh = node.scope.slots > 0 ? `$e${node.scope.id}=0` : '';
  if (init?.type === 'VariableDeclaration' && init.kind !== 'var') {
    if (usesResources(init)) return disposeEach(cx, node, (loop) => forLoop(cx, loop));
    const code = init.declarations.every((d: Node) => d.id.type === 'Identifier' && !known(d))
      ? simpleHead(cx, init, fresh)
      : null;
    if (code === null) return generalFor(cx, node, head);
    start = code;
  } else if (init?.type === 'VariableDeclaration') before = statement(cx, init);
  else if (init) start = expression(cx, init);
  const test = node.test ? expression(cx, node.test) : '';
  if (node.update) node.update.isUnused = true;
  const update = [fresh, node.update ? expression(cx, node.update) : ''].filter((c) => c !== '').join(',');
  const locals = start === '' ? '' : scopeLocals(cx, node.scope);
  return before + turns(cx, node, start, test, update, locals);
}

const known = (declarator: Node): boolean =>
  declarator.id.binding.known !== null && declarator.id.binding.stable;

/** `let i = 0, ...` stays native, so that each turn has variables of its own. */
function simpleHead(cx: Context, init: Node, fresh: string): string {
  const parts = init.declarations.map((d: Node) => {
    const { output } = d.id.binding;
    return d.init ? `${output}=${named(cx, d.init, d.id.name)}` : output;
  });
  if (fresh !== '') parts.push(fresh);
  const keyword = init.kind === 'let' || fresh !== '' ? 'let' : 'const';
  return `${keyword} ${parts.join(',')}`;
}

/** A head with patterns or functions: declared in a block around the loop. */
function generalFor(cx: Context, node: Node, head: string): string {
  const { init } = node;
  const test = node.test ? expression(cx, node.test) : '';
  const declared = statement(cx, init);
  const update = node.update ? expression(cx, node.update) : '';
  return `{${head}${declared}${labels(node)}for(;${test};${update}){${turn(cx, node)}${statement(cx, node.body)}}}`;
}

export function forInLoop(cx: Context, node: Node): string {
  const object = cx.seen(expression(cx, node.right), 'keys', node.right);
  const { left } = node;
  const head = scopeHead(cx, node.scope, []);
  if (
    left.type === 'VariableDeclaration' &&
    left.kind !== 'var' &&
    left.declarations[0].id.type === 'Identifier'
  ) {
    const { output } = left.declarations[0].id.binding;
    return `${labels(node)}for(let ${output} in ${object}){${head}${turn(cx, node)}${statement(cx, node.body)}}`;
  }
  const key = `$v${cx.unit.id()}`;
  const bind = assignHead(cx, left, key);
  const first = left.type === 'VariableDeclaration' && left.declarations[0].init ? statement(cx, left) : '';
  return `${first}${labels(node)}for(const ${key} in ${object}){${head}${bind}${turn(cx, node)}${statement(cx, node.body)}}`;
}

/** Statements that give a loop's variable or target the turn's value. */
function assignHead(cx: Context, left: Node, value: string): string {
  if (left.type === 'VariableDeclaration') {
    const { id } = left.declarations[0];
    if (left.kind === 'var' && id.type === 'Identifier') return `${write(cx, id, value)};`;
    return bindPattern(cx, id, value, left.kind === 'var' ? 'var' : left.kind === 'let' ? 'let' : 'const');
  }
  const target = unwrap(left);
  if (target.type === 'Identifier') return `${write(cx, target, value)};`;
  if (target.type === 'ObjectPattern' || target.type === 'ArrayPattern')
    return `{${protect(cx, () => `${destructure(cx, target, value)}void 0;`)}}`;
  const ref = reference(cx, target);
  const code = `${ref.setup}${ref.store(value)};`;
  cx.release(...ref.temps);
  return code;
}

/**
 * Evaluates what a loop goes over. Its variables are in their dead zone there, for functions too: the case that
 * declares them is never entered.
 */
function iterated(left: Node, name: string, right: string): string {
  if (left.type !== 'VariableDeclaration' || left.kind === 'var') return `const ${name}=${right};`;
  const captured = patternNames(left.declarations[0].id).filter((id) => id.binding.captured);
  if (captured.length === 0) return `const ${name}=${right};`;
  const names = captured.map((id) => id.binding.output).join(',');
  return `let ${name};switch(0){default:${name}=${right};break;case 1:let ${names}}`;
}

function openAsyncWalk(cx: Context, node: Node, source: string): string {
  const site = cx.site(node.right, 'load', '[]');
  return `/*${site}*/(yield* $.openAsyncCursor(${source},${site}))`;
}

export function forOfLoop(cx: Context, node: Node): string {
  const { left } = node;
  if (left.type === 'VariableDeclaration' && usesResources(left))
    return disposeEach(cx, node, (loop) => forOfLoop(cx, loop));
  const id = cx.unit.id();
  const cursor = `$i${id}`;
  const source = `$v${cx.unit.id()}`;
  const right = expression(cx, node.right);
  const head = scopeHead(cx, node.scope, []);
  const value = `$v${cx.unit.id()}`;
  const body = `${head}const ${value}=${cursor}.value;${assignHead(cx, left, value)}${statement(cx, node.body)}`;
  const open = node.await
    ? openAsyncWalk(cx, node, source)
    : openWalk(cx, node.right, source, 'null', node.right);
  const site = cx.site(node.right, 'load', '[]');
  const step = node.await
    ? `yield* $.stepAsync(${cursor})`
    : `${cursor}.array!==null?(${cx.touchObject(`${cursor}.address($)`, site)},${cx.unit.isWatched ? `$.stepSeen(${cursor})` : `${cursor}.step()`}):yield* $.stepCursor(${cursor})`;
  const close = node.await ? 'closeAsync' : 'closeCursor';
  const loop = `${labels(node)}for(;;){${turn(cx, node)}if(${step})break;${body}}`;
  const quiet = node.await ? 'closeAsyncQuietly' : 'closeQuietly';
  return `{${iterated(left, source, right)}const ${cursor}=${open};try{${loop}}catch($x${id}){if(${cursor}.open)yield* $.${quiet}(${cursor});throw $x${id}}finally{if(${cursor}.open)yield* $.${close}(${cursor})}}`;
}
