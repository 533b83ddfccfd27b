/** Functions: the suspendable form, and the native function object around it. */
import { type Node, patternNames } from './ast.ts';
import type { Context } from './context.ts';
import { expression } from './expressions.ts';
import { withLeaf } from './leaf.ts';
import { localsHead, shownForm } from './locals.ts';
import { bindPattern } from './patterns.ts';
import type { Binding, FunctionInfo, Scope } from './scope.ts';
import { scoped, scopeHead } from './statements.ts';

/** Ticks a call costs besides its accesses: two nanoseconds. */
const CALL_TICKS = 32;

/** Code for a function expression or declaration as a value, with the name it takes. */
export function functionValue(cx: Context, node: Node, name: string): string {
  const self: Binding | undefined = node.selfScope?.bindings.get(node.id.name);
  if (self !== undefined && self.uses > 0) {
    const form = formCode(cx, node);
    return `$.${maker(node)}Self(${functionCode(cx, node, name)},${self.output}=>${form}${startFlag(node)})`;
  }
  return wrap(cx, node, name, formCode(cx, node));
}

/** Code that makes the function object around form code. */
export function wrap(cx: Context, node: Node, name: string, form: string): string {
  return `$.${maker(node)}(${functionCode(cx, node, name)},${form}${startFlag(node)})`;
}

function maker(node: Node): string {
  if (node.async) return node.generator ? 'asyncGeneratorFn' : 'asyncFn';
  return node.generator ? 'generatorFn' : 'fn';
}

/** Generators whose parameters have expressions run up to their body when they are called. */
const startFlag = (node: Node): string => (node.generator && complex(node) ? ',true' : '');

const complex = (node: Node): boolean =>
  parameters(node).some((p) => p.type !== 'Identifier' && p.type !== 'RestElement') ||
  parameters(node).some(hasPattern);
const hasPattern = (p: Node): boolean => p.type === 'RestElement' && p.argument.type !== 'Identifier';

/** The parameters that exist at run time. */
function parameters(node: Node): Node[] {
  return node.params.filter((p: Node) => !(p.type === 'Identifier' && p.name === 'this'));
}

/** `length`: parameters before the first with a default, or the rest. */
export function lengthOf(node: Node): number {
  const list = parameters(node).map((p) => (p.type === 'TSParameterProperty' ? p.parameter : p));
  const end = list.findIndex((p) => p.type === 'AssignmentPattern' || p.type === 'RestElement');
  return end < 0 ? list.length : end;
}

/** A setter has one parameter, whose default hides it from `length`. */
function accessorParameters(node: Node): string {
  if (node.kind === 'get') return '';
  return lengthOf(node) === 0 ? 'a0=void 0' : 'a0';
}

/** Names of parameters that nobody reads. */
export function dummies(count: number): string {
  let names = '';
  for (let i = 0; i < count; i++) names += i === 0 ? 'a0' : `,a${i}`;
  return names;
}

/** The name of the constant that describes a function, made once for the program. */
export function functionCode(cx: Context, node: Node, name: string): string {
  const { info } = node;
  const constant = `$w${cx.unit.id()}`;
  const ordinary = node.type.startsWith('Function') && !node.async && !node.generator;
  const flags = (ordinary ? 1 : 0) + (info.usesNewTarget ? 2 : 0);
  cx.unit.prelude += `const ${constant}=$p.code(${info.index},${flags},($,$g)=>${shell(node, name, ordinary)});`;
  return constant;
}

/** The native function: what reflection sees, and what native code calls. */
function shell(node: Node, name: string, ordinary: boolean): string {
  const args = dummies(lengthOf(node));
  const key = JSON.stringify(name);
  if (node.info.arrow && !node.async) {
    const list = args === '' ? '...r' : `${args},...r`;
    const values = args === '' ? 'r' : `[${args}].concat(r)`;
    const arrow = `(${list})=>$.oneStep($g,void 0,${values})`;
    return name === '' ? arrow : `({[${key}]:${arrow}})[${key}]`;
  }
  const self = node.info.usesNewTarget && ordinary ? '$.construction(this,new.target)' : 'this';
  const body = `{return $.oneStep($g,${self},arguments)}`;
  if (!ordinary) return `({[${key}](${args})${body}})[${key}]`;
  return name === '' ? `function(${args})${body}` : `({[${key}]:function(${args})${body}})[${key}]`;
}

/** Code of a method as a function value, for a property whose name it takes. */
export function methodValue(cx: Context, node: Node, name: string): string {
  return wrap(cx, node, name, withLeaf(cx.unit, node, formCode(cx, node)));
}

/** Parameters and body of an accessor in an object literal: one step, whoever calls it. */
export function accessorValue(cx: Context, node: Node): string {
  const form = formCode(cx, node);
  return `(${accessorParameters(node)}){return $.oneStep(${form},this,arguments)}`;
}

/** An accessor of a class as code of a function from the property's name to the native accessor. */
export function accessorShell(cx: Context, node: Node): string {
  const form = formCode(cx, node);
  const args = accessorParameters(node);
  return `($g=>({${node.kind} x(${args}){return $.oneStep($g,this,arguments)}}))(${form})`;
}

/** What a constructor's form needs besides its function's own code. */
export interface FormOptions {
  readonly home?: string | null;
  readonly privates?: ReadonlyMap<string, string>;
  /** Code to run once `this` exists in a base class constructor. */
  readonly fields?: string;
  /** A class constructor: returns the object. */
  readonly constructs?: boolean;
}

/** Code of the plain form: a native function that only checks the fuel. */
export function plainCode(outer: Context, node: Node, name: string): string {
  const cx = outer.inner(node.info, { plain: true });
  const args = parameters(node)
    .map((p) => p.binding.output)
    .join(',');
  const site = cx.site(node, 'function', '');
  const code = scopeHead(cx, node.scope, []) + bodyCode(cx, node);
  const body = `{${cx.declarations()}${cx.fuel(CALL_TICKS, site)}${code}}`;
  if (node.info.arrow) return `({[${JSON.stringify(name)}]:(${args})=>${body}})[${JSON.stringify(name)}]`;
  return `({[${JSON.stringify(name)}]:function(${args})${body}})[${JSON.stringify(name)}]`;
}

/** Code of the suspendable form: a generator function. */
export function formCode(outer: Context, node: Node, options: FormOptions = {}): string {
  const info: FunctionInfo = node.info;
  const { home = outer.home, privates = outer.privates } = options;
  const cx = outer.inner(info, { home, privates });
  const { head, body: parameterCode } = parameterList(cx, node);
  const code = `${parameterCode}${options.fields ?? ''}${baseProperties(node)}${bodyCode(cx, node)}`;
  const end = ending(info, options);
  const start = localsHead(cx) + prologue(cx, info);
  // What a derived constructor returns is judged when it has returned, after its `finally` blocks.
  if (info.derived && info.returns && options.constructs)
    return shownForm(
      cx,
      `function*(${head}){${start}const $z=yield* (function*(){${cx.declarations()}${code}})();return $.constructed($z,$t${info.index},true)}`,
    );
  return shownForm(cx, `function*(${head}){${cx.declarations()}${start}${code}${end}}`);
}

function baseProperties(node: Node): string {
  const code = node.info.derived ? '' : parameterProperties(node, selfName(node.info));
  return code === '' ? '' : `${code}0;`;
}

function ending(info: FunctionInfo, options: FormOptions): string {
  if (options.constructs !== true) return '';
  return info.derived ? `return $.self($t${info.index})` : `return ${selfName(info)}`;
}

/** Code for a constructor's `this`. */
export const selfName = (info: FunctionInfo): string =>
  info.thisCaptured || info.usesNewTarget ? `$t${info.index}` : 'this';

/** Entry: the fuel, then what arrows inside will ask for. */
function prologue(cx: Context, info: FunctionInfo): string {
  const site = cx.site(info.node, 'function', '');
  let code = cx.fuel(CALL_TICKS, site);
  if (info.arrow) return code;
  const i = info.index;
  if (info.derived) code += `const $n${i}=this.newTarget;let $t${i};`;
  else if (info.usesNewTarget) code += `const $n${i}=$.newTargetOf(this),$t${i}=$.thisOf(this);`;
  else if (info.thisCaptured) code += `const $t${i}=this;`;
  if (info.usesArguments) code += `const $a${i}=arguments;`;
  return code;
}

/** The native parameter list, and the code that binds what it cannot. */
function parameterList(cx: Context, node: Node): { head: string; body: string } {
  const list = parameters(node);
  const scope: Scope = node.scope;
  const env = scopeHead(cx, scope, []);
  if (!list.some((p) => !isPlainParameter(p)))
    return { head: list.map((p) => plainParameter(p)).join(','), body: env };
  const heads: string[] = [];
  let body = env;
  list.forEach((parameter, i) => {
    const rest = parameter.type === 'RestElement';
    const name = `$q${i}`;
    heads.push(rest ? `...${name}` : name);
    if (rest && cx.unit.isWatched) body += `${cx.made(name)};`;
    body += bindPattern(cx, rest ? parameter.argument : unwrapParameter(parameter), name, 'let');
  });
  return { head: heads.join(','), body: node.generator ? `${body}yield ($.out=void 0,$Y);` : body };
}

const unwrapParameter = (p: Node): Node => (p.type === 'TSParameterProperty' ? p.parameter : p);
const isPlainParameter = (p: Node): boolean =>
  p.type === 'Identifier' ||
  (p.type === 'RestElement' && p.argument.type === 'Identifier') ||
  (p.type === 'TSParameterProperty' && p.parameter.type === 'Identifier');
const plainParameter = (p: Node): string => {
  if (p.type === 'RestElement') return `...${p.argument.binding.output}`;
  return unwrapParameter(p).binding.output;
};

/** `constructor(private x: number)`: expressions, each followed by a comma, that define the properties; with the parameters' values if none is given. */
export function parameterProperties(node: Node, self: string, value?: string): string {
  let code = '';
  for (const parameter of node.params ?? []) {
    if (parameter.type !== 'TSParameterProperty') continue;
    for (const { name, binding } of patternNames(parameter))
      code += `$.define(${self},${JSON.stringify(name)},${value ?? binding.output}),`;
  }
  return code;
}

function bodyCode(cx: Context, node: Node): string {
  const { body } = node;
  if (body.type !== 'BlockStatement') return `return ${expression(cx, body)}`;
  let copies = '';
  for (const [own, parameter] of node.copies ?? []) copies += `${own.output}=${parameter.output};`;
  return scoped(cx, body.scope, body.body, copies);
}
