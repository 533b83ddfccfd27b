/**
 * Destructuring, in declarations and assignments. Object patterns are a sequence of loads; array patterns take
 * from a cursor, which is the array itself where that cannot be told from its iterator.
 */
import { type Node, patternNames, unwrap } from './ast.ts';
import { calleeText, sourceText } from './callee-text.ts';
import type { Context } from './context.ts';
import { expression, named } from './expressions.ts';
import { literalKey } from './literals.ts';
import { reference } from './members.ts';
import type { Binding } from './scope.ts';
import { initialise, write } from './variables.ts';

/** Statements that bind a pattern to the value of repeatable code. */
export function bindPattern(
  cx: Context,
  pattern: Node,
  value: string,
  keyword: 'let' | 'const' | 'var',
): string {
  if (pattern.type === 'Identifier')
    return `${declarator(keyword, pattern.binding)}${initialise(pattern.binding, value)};`;
  const names = patternNames(pattern);
  const exported = names.some((n) => n.binding.exportedFrom !== null);
  if (keyword === 'var' || exported || !isSequence(pattern)) {
    const early = names.filter((n) => n.binding.exportedFrom === null).map((n) => earlyName(n.binding));
    const head = keyword === 'var' || early.length === 0 ? '' : `let ${early.join(',')};`;
    return head + protect(cx, () => `${prepare(cx, pattern, true).assign(value)};`);
  }
  return `${keyword} ${sequence(cx, pattern, value)};`;
}

const declarator = (keyword: string, binding: Binding): string =>
  keyword === 'var' || binding.exportedFrom !== null ? '' : `${keyword === 'const' ? 'const' : 'let'} `;

/** A name declared ahead of its pattern; where that could be noticed, it starts out dead. */
const earlyName = (binding: Binding): string => (binding.checked ? `${binding.output}=$D` : binding.output);

/**
 * Statements whose array patterns close their iterators when they end early: by an exception, which wins over
 * errors of closing, or by a generator's `return`.
 */
export function protect(cx: Context, generate: () => string): string {
  const outer = cx.cursors;
  const list = `$u${cx.unit.id()}`;
  cx.cursors = list;
  const code = generate();
  cx.cursors = outer;
  if (!code.includes(list)) return code;
  return `const ${list}=[];try{${code}}catch($x){yield* $.abandon(${list});throw $x}finally{if(${list}.length>0)yield* $.closeAll(${list})}`;
}

/** Whether an exception in the middle of a pattern could leave an iterator open. */
export function isSequence(pattern: Node): boolean {
  switch (pattern.type) {
    case 'Identifier':
      return true;
    case 'AssignmentPattern':
      return isSequence(pattern.left);
    case 'RestElement':
      return isSequence(pattern.argument);
    case 'ObjectPattern':
      return pattern.properties.every((p: Node) =>
        isSequence(p.type === 'RestElement' ? p.argument : p.value),
      );
    case 'ArrayPattern':
      return pattern.elements.every(
        (e: Node | null) => e === null || (e.argument ?? e).type === 'Identifier',
      );
    default:
      return false;
  }
}

/** A pattern of objects as declarators: each name is in its dead zone until it is bound. */
function sequence(cx: Context, pattern: Node, value: string): string {
  const code: string[] = [];
  const bind = (target: Node, source: string): void => {
    if (target.type === 'AssignmentPattern') {
      const temp = cx.temp();
      const name = target.left.type === 'Identifier' ? target.left.name : null;
      const fallback = name === null ? expression(cx, target.right) : named(cx, target.right, name);
      cx.release(temp);
      bind(target.left, `((${temp}=${source})===void 0?${fallback}:${temp})`);
    } else if (target.type === 'Identifier') {
      code.push(initialise(target.binding, source));
    } else if (target.type === 'ArrayPattern') {
      arrayElements(cx, target, source, bind, (text) => code.push(text));
    } else {
      const held = `$v${cx.unit.id()}`;
      code.push(`${held}=${source}`);
      objectProperties(cx, target, held, bind, (key) => code.push(key));
    }
  };
  bind(pattern, value);
  return code.join(',');
}

/** Code that throws where the value is nothing; the error says what was wanted, and of what where that has a name. */
function required(cx: Context, pattern: Node, value: string): string {
  const [first] = pattern.properties;
  const isNamed = first !== undefined && first.type !== 'RestElement' && !first.computed;
  const key = isNamed ? literalKey(first.key) : '""';
  const of = pattern.source === undefined ? '' : `,${JSON.stringify(calleeText(pattern.source))}`;
  return `/*${cx.site(pattern, 'load', '{}')}*/$.requireObject(${value},${key}${of})`;
}

/** Visit the properties of an object pattern: `bind` gets each target and the code that loads its value. */
function objectProperties(
  cx: Context,
  pattern: Node,
  value: string,
  bind: (target: Node, source: string) => void,
  emit: (declarator: string) => void,
): void {
  emit(`$v${cx.unit.id()}=${required(cx, pattern, value)}`);
  const seen: string[] = [];
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      bind(property.argument, `$.restOf(${cx.seen(value, 'values', property)},[${seen.join(',')}])`);
      continue;
    }
    let key: string;
    if (property.computed) {
      key = `$v${cx.unit.id()}`;
      emit(`${key}=$.toKey(${expression(cx, property.key)})`);
    } else key = literalKey(property.key);
    seen.push(key);
    bind(property.value, loadKey(cx, property, value, key));
  }
}

/** Code that begins the walk over an iterable, the value of repeatable code; `of` is what it was written as. */
export function openWalk(cx: Context, node: Node, value: string, list: string, of: Node | undefined): string {
  const site = cx.site(node, 'load', '[]', sourceText(of));
  return `$.cursor(${value},${list})??/*${site}*/(yield* $.openCursor(${value},${list},${site}))`;
}

/** Visit the elements of an array pattern of plain names. */
function arrayElements(
  cx: Context,
  pattern: Node,
  source: string,
  bind: (target: Node, source: string) => void,
  emit: (declarator: string) => void,
): void {
  const value = `$v${cx.unit.id()}`;
  const cursor = `$v${cx.unit.id()}`;
  emit(`${value}=${source}`);
  emit(`${cursor}=${openWalk(cx, pattern, value, 'null', pattern.source)}`);
  for (const element of pattern.elements) {
    if (element === null) emit(`$v${cx.unit.id()}=${take(cx, pattern, cursor)}`);
    else if (element.type === 'RestElement') bind(element.argument, `(yield* $.restOfCursor(${cursor}))`);
    else bind(element, take(cx, element, cursor));
  }
  emit(`$v${cx.unit.id()}=${cursor}.open&&(yield* $.closeCursor(${cursor}))`);
}

function loadKey(cx: Context, property: Node, value: string, key: string): string {
  const site = cx.site(property, 'load', property.computed ? '[]' : `.${JSON.parse(key)}`);
  const touch = cx.plain ? '' : `${cx.touchObject(`$K.element(${value},${key})`, site)},`;
  return `(${touch}${value}[${key}])`;
}

/**
 * Expressions, each followed by a comma, that assign (or with `declare` first bind) a pattern's targets from the
 * value of repeatable code. An array pattern registers its open iterator in the statement's `cursors`.
 */
export function destructure(cx: Context, pattern: Node, value: string, declare = false): string {
  return pattern.type === 'ObjectPattern'
    ? destructureObject(cx, pattern, value, declare)
    : destructureArray(cx, pattern, value, declare);
}

function destructureObject(cx: Context, pattern: Node, value: string, declare: boolean): string {
  let code = `${required(cx, pattern, value)},`;
  const keys: string[] = [];
  const held: string[] = [];
  for (const property of pattern.properties) {
    if (property.type === 'RestElement') {
      const target = prepare(cx, property.argument, declare);
      code += `${target.setup}${target.assign(`$.restOf(${cx.seen(value, 'values', property)},[${keys.join(',')}])`)},`;
      cx.release(...target.temps);
      continue;
    }
    let key: string;
    if (property.computed) {
      key = cx.temp();
      held.push(key);
      code += `${key}=$.toKey(${expression(cx, property.key)}),`;
    } else key = literalKey(property.key);
    keys.push(key);
    const target = prepare(cx, property.value, declare);
    code += `${target.setup}${target.assign(loadKey(cx, property, value, key))},`;
    cx.release(...target.temps);
  }
  cx.release(...held);
  return code;
}

function destructureArray(cx: Context, pattern: Node, value: string, declare: boolean): string {
  const cursor = cx.temp();
  const list = cx.cursors ?? 'null';
  let code = `${cursor}=${openWalk(cx, pattern, value, list, pattern.source)},`;
  for (const element of pattern.elements) {
    if (element === null) {
      code += `${take(cx, pattern, cursor)},`;
      continue;
    }
    const rest = element.type === 'RestElement';
    const target = prepare(cx, rest ? element.argument : element, declare);
    const source = rest ? `(yield* $.restOfCursor(${cursor}))` : take(cx, element, cursor);
    code += `${target.setup}${target.assign(source)},`;
    cx.release(...target.temps);
  }
  code += `${cursor}.open&&(yield* $.closeCursor(${cursor})),`;
  cx.release(cursor);
  return code;
}

function take(cx: Context, node: Node, cursor: string): string {
  const site = cx.site(node, 'load', '[]');
  return `(${cursor}.array!==null?(${cx.touchObject(`${cursor}.address($)`, site)},${cx.unit.isWatched ? `($.stepSeen(${cursor})?void 0:${cursor}.value)` : `${cursor}.take()`}):yield* $.takeFrom(${cursor}))`;
}

interface Target {
  /** Expressions, each followed by a comma, that evaluate the target before its value. */
  readonly setup: string;
  readonly temps: readonly string[];
  /** Code that assigns a value to the target. */
  assign(source: string): string;
}

function prepare(cx: Context, node: Node, declare: boolean): Target {
  if (node.type === 'AssignmentPattern') {
    const target = prepare(cx, node.left, declare);
    return { ...target, assign: (source) => target.assign(withDefault(cx, node, source)) };
  }
  const inner = unwrap(node);
  if (inner.type === 'Identifier')
    return {
      setup: '',
      temps: [],
      assign: (source) => (declare ? `(${initialise(inner.binding, source)})` : write(cx, inner, source)),
    };
  if (inner.type === 'ObjectPattern' || inner.type === 'ArrayPattern') {
    const temp = cx.temp();
    return {
      setup: '',
      temps: [temp],
      assign: (source) => `(${temp}=${source},${destructure(cx, inner, temp, declare)}void 0)`,
    };
  }
  const ref = reference(cx, inner);
  const temp = cx.temp();
  return {
    setup: ref.setup,
    temps: [...ref.temps, temp],
    assign: (source) => `(${temp}=${source},${ref.store(temp)})`,
  };
}

function withDefault(cx: Context, node: Node, source: string): string {
  const temp = cx.temp();
  const left = unwrap(node.left);
  const name = left.type === 'Identifier' && !left.extra?.parenthesized ? left.name : null;
  const fallback = name === null ? expression(cx, node.right) : named(cx, node.right, name);
  cx.release(temp);
  return `((${temp}=${source})===void 0?${fallback}:${temp})`;
}
