/**
 * Classes. The constructor is a native class, so that heritage, errors and descriptors are the language's own;
 * methods, fields and private names are put on by code that can be suspended.
 */
import type { Node } from './ast.ts';
import type { Context } from './context.ts';
import {
  addsToInstances,
  callOrder,
  decoratedMember,
  decoratorList,
  initialValue,
  isDecorated,
  needsDecoration,
  runAdded,
} from './decorators.ts';
import { expression, named, namedBy } from './expressions.ts';
import {
  accessorShell,
  dummies,
  formCode,
  lengthOf,
  methodValue,
  parameterProperties,
  selfName,
} from './functions.ts';
import { literalKey } from './literals.ts';
import type { FunctionInfo } from './scope.ts';
import { scoped } from './statements.ts';

/** Generated names of one class. */
interface Names {
  readonly constructor: string;
  readonly prototype: string;
  readonly fields: string;
  /** What decorators leave behind; null in a class without any. */
  readonly decoration: string | null;
}

/** Code for a class; `name` is code for its name. */
export function classExpression(outer: Context, node: Node, name: string): string {
  const id = outer.unit.id();
  const members: Node[] = node.body.body.filter(exists);
  const privates = new Map([...outer.privates, ...privateHelpers(outer, members)]);
  const cx = outer.inner(outer.fn, { privates });
  const explicit = members.find((m) => m.kind === 'constructor' && m.type === 'ClassMethod');
  const info: FunctionInfo = (explicit ?? node).info;
  const names: Names = {
    constructor: `$c${info.index}`,
    prototype: `$p${id}`,
    fields: `$f${id}`,
    decoration: needsDecoration(node, members) ? `$d${id}` : null,
  };
  const hasFields =
    members.some((m) => !m.static && (isField(m) || isPrivateMethod(m))) || addsToInstances(members);
  info.fields = hasFields ? names.fields : null;
  const heritage = node.superClass ? `const $s=${expression(outer, node.superClass)};` : '';
  const form = explicit ? constructorForm(cx, explicit, names) : defaultForm(cx, node, info);
  const elements = members.filter((m) => m !== explicit).map((m) => element(cx, m, names));
  // A class decorator may put another class in this one's place.
  const made = isDecorated(node) ? `$r${id}` : names.constructor;
  const own = node.own === undefined ? '' : `const ${node.own.output}=${made};`;
  const body = [
    isDecorated(node) ? `const $q=${decoratorList(outer, node)};` : '',
    heritage,
    helperDeclarations(members, privates),
    `const ${names.constructor}=$.class(${classCode(cx, node, explicit, info)},${form},${name},${info.derived},${info.usesNewTarget}${heritage === '' ? '' : ',$s'});`,
    `const ${names.prototype}=${names.constructor}.prototype;`,
    names.decoration === null
      ? ''
      : `const ${names.decoration}=$.decoration(${heritage === '' ? 'null' : '$s'});`,
    ...elements,
    hasFields ? `const ${names.fields}=${fieldsForm(cx, members, names, explicit)};` : '',
    names.decoration === null ? '' : decoration(node, members, names, name, made),
    own,
    staticPart(cx, members, names, made),
    `return ${made}`,
  ].join('');
  return `(yield* (function*(){${cx.declarations()}${body}})())`;
}

/** A statement that calls the decorators of a class and its members. */
function decoration(node: Node, members: readonly Node[], names: Names, name: string, made: string): string {
  const call = `yield* $.decorate(${names.decoration},[${callOrder(members)}],${names.constructor},${name},${isDecorated(node) ? '$q' : 'null'});`;
  return isDecorated(node) ? `const ${made}=${call}` : call;
}

const exists = (member: Node): boolean =>
  !member.declare && !member.abstract && !member.type.startsWith('TS') && member.body !== null;
const isField = (m: Node): boolean =>
  m.type === 'ClassProperty' || m.type === 'ClassPrivateProperty' || m.type === 'ClassAccessorProperty';
const isPrivateMethod = (m: Node): boolean => m.type === 'ClassPrivateMethod';

/** The native class around the constructor's form. */
function classCode(cx: Context, node: Node, explicit: Node | undefined, info: FunctionInfo): string {
  const constant = `$w${cx.unit.id()}`;
  const args = dummies(explicit ? lengthOf(explicit) : 0);
  const self = info.derived
    ? '$.construction(void 0,new.target)'
    : info.usesNewTarget
      ? '$.construction(this,new.target)'
      : 'this';
  const heritage = node.superClass ? ' extends $s' : '';
  const shell = `class${heritage}{constructor(${args}){return $.oneStep($g,${self},arguments)}}`;
  const flags = info.usesNewTarget ? 3 : 1;
  cx.unit.prelude += `const ${constant}=$p.code(${info.index},${flags},($,$g,$s)=>${shell});`;
  return constant;
}

function constructorForm(cx: Context, node: Node, names: Names): string {
  const info: FunctionInfo = node.info;
  const site = cx.unit.site(info, node, 'call', 'fields');
  const runs = !info.derived && info.fields !== null;
  const fields = runs ? `if($.run(${info.fields}.call(${selfName(info)}))===$S)yield ${site};` : '';
  return formCode(cx, node, { home: names.prototype, fields, constructs: true });
}

function defaultForm(cx: Context, node: Node, info: FunctionInfo): string {
  const site = cx.unit.site(info, node, 'new', '');
  const self = info.derived ? '$t' : 'this';
  const fields = info.fields === null ? '' : `if($.run(${info.fields}.call(${self}))===$S)yield ${site};`;
  if (!info.derived) return `function*(){${fields}return this}`;
  const made = `($1=$.construct($.parent($c${info.index}),$q,this.newTarget))===$S?yield ${site}:$1`;
  return `function*(...$q){let $1;const $t=${made};${fields}return $t}`;
}

/** Expressions, each followed by a comma, that run a class's field initialisers on code `self`. */
export function fieldInitialisation(cx: Context, owner: FunctionInfo, self: string, site: number): string {
  const run = owner.fields === null ? '' : `${cx.suspend(`$.run(${owner.fields}.call(${self}))`, site)},`;
  return run + (owner.derived ? parameterProperties(owner.node, self) : '');
}

// --- private names ---------------------------------------------------------------------------------------------

function privateHelpers(cx: Context, members: readonly Node[]): Map<string, string> {
  const helpers = new Map<string, string>();
  for (const { key } of members)
    if (key?.type === 'PrivateName' && !helpers.has(key.id.name))
      helpers.set(key.id.name, `$h${cx.unit.id()}`);
  return helpers;
}

/** A private name is a class that puts one native private field on any object. */
function helperDeclarations(members: readonly Node[], privates: ReadonlyMap<string, string>): string {
  const kinds = new Map<string, string>();
  for (const m of members) if (m.key?.type === 'PrivateName') kinds.set(m.key.id.name, helperKind(m));
  let code = '';
  for (const [name, kind] of kinds) code += `const ${privates.get(name)}=${helperClass(name, kind)};`;
  return code;
}

const helperKind = (m: Node): string => {
  if (m.type === 'ClassAccessorProperty') return 'accessor';
  if (m.type !== 'ClassPrivateMethod') return 'field';
  return m.kind === 'method' ? 'method' : 'accessor';
};

function helperClass(name: string, kind: string): string {
  const x = `#${name}`;
  const head = `class extends $.Identity{${x};constructor(o,v){super(o);this.${x}=v}static has(o){return ${x} in o}`;
  const label = JSON.stringify(x);
  if (kind === 'field') return `${head}static get(o){return o.${x}}static set(o,v){return o.${x}=v}}`;
  if (kind === 'method')
    return `${head}static get(o){return o.${x}}static set(o){o.${x};$.readOnly(${label})}}`;
  return `${head}static get(o){return $.privateGet(o.${x},o,${label})}static set(o,v){return $.privateSet(o.${x},o,v,${label})}}`;
}

// --- members ---------------------------------------------------------------------------------------------------

/** Statements that define a method or accessor, or evaluate a field's key; its decorators first. */
function element(cx: Context, member: Node, names: Names): string {
  const home = member.static ? names.constructor : names.prototype;
  const decorators = isDecorated(member) ? decoratedMember(cx, member, home, keyOf(cx, member)) : '';
  return decorators + defined(cx, member, home);
}

function defined(cx: Context, member: Node, home: string): string {
  const inner = cx.inner(cx.fn, { home });
  const wrap = (code: string): string =>
    inner.declarations() === '' ? code : `{${inner.declarations()}${code}}`;
  switch (member.type) {
    case 'ClassMethod':
      return wrap(publicMethod(inner, member, home));
    case 'ClassPrivateMethod':
      return privateMethod(inner, member);
    case 'ClassProperty':
      if (!member.computed) return '';
      if (member.decorated !== undefined) {
        member.keyName = `${member.decorated}.key`;
        return '';
      }
      member.keyName = `$k${cx.unit.id()}c`;
      return `const ${member.keyName}=$.toKey(${expression(cx, member.key)});`;
    case 'ClassAccessorProperty':
      return accessorProperty(cx, member, home);
    default:
      return '';
  }
}

/** Code of a member's key, evaluated. */
function keyOf(cx: Context, member: Node): string {
  if (member.key.type === 'PrivateName') return JSON.stringify(`#${member.key.id.name}`);
  return member.computed ? `$.toKey(${expression(cx, member.key)})` : literalKey(member.key);
}

/** Code that keeps the value of other code for the member's decorators, where it has any. */
const kept = (member: Node, value: string): string =>
  member.decorated === undefined ? value : `${member.decorated}.value=${value}`;

function publicMethod(cx: Context, member: Node, home: string): string {
  const key = member.decorated === undefined ? keyOf(cx, member) : `${member.decorated}.key`;
  if (member.kind !== 'method') {
    const shell = accessorShell(cx, member);
    return `${kept(member, `$.accessor(${home},${key},${JSON.stringify(member.kind)},${shell})`)};`;
  }
  if (member.computed) return `$.methodBy(${home},${key},${kept(member, methodValue(cx, member, ''))});`;
  const name: string = JSON.parse(literalKey(member.key));
  return `$.method(${home},${key},${kept(member, methodValue(cx, member, name))});`;
}

function privateMethod(cx: Context, member: Node): string {
  const name = `#${member.key.id.name}`;
  member.valueName = member.decorated === undefined ? `$m${cx.unit.id()}` : `${member.decorated}.value`;
  const value =
    member.kind === 'method'
      ? methodValue(cx, member, name)
      : `$.named(${methodValue(cx, member, '')},${JSON.stringify(`${member.kind} ${name}`)})`;
  return `${member.decorated === undefined ? 'const ' : ''}${member.valueName}=${value};`;
}

/** `accessor x = 1`: a private field behind a getter and a setter. */
function accessorProperty(cx: Context, member: Node, home: string): string {
  member.storage = `$h${cx.unit.id()}`;
  const helper = `const ${member.storage}=${helperClass('storage', 'field')};`;
  if (member.key.type === 'PrivateName')
    return member.decorated === undefined
      ? helper
      : `${helper}${member.decorated}.value=$.pairOf(${member.storage});`;
  const key = member.decorated === undefined ? keyOf(cx, member) : `${member.decorated}.key`;
  return `${helper}${kept(member, `$.accessorOf(${home},${key},${member.storage})`)};`;
}

/** The generator that gives a new object its private methods and fields. */
function fieldsForm(cx: Context, members: readonly Node[], names: Names, maker: Node | undefined): string {
  const own = members.filter((m) => !m.static);
  // `constructor(public x)` declares a field in front of the others, which gets its value later.
  const declared = maker === undefined ? '' : parameterProperties(maker, 'this', 'void 0');
  const added = addsToInstances(members) ? runAdded(`${names.decoration}.instance`, 'this') : '';
  const fields = own.filter(isField).map((m) => field(cx, m, names.prototype));
  return `function*(){${installPrivate(cx, own, 'this')}${added}${declared === '' ? '' : `${declared}0;`}${fields.join('')}}`;
}

function installPrivate(cx: Context, members: readonly Node[], self: string): string {
  const values = new Map<string, { get?: string; set?: string; method?: string }>();
  for (const m of members.filter(isPrivateMethod)) {
    const { name } = m.key.id;
    values.set(name, { ...values.get(name), [m.kind]: m.valueName });
  }
  let code = '';
  for (const [name, { get, set, method }] of values) {
    const value = method ?? `{get:${get ?? 'void 0'},set:${set ?? 'void 0'}}`;
    code += `new ${cx.privates.get(name)}(${self},${value});`;
  }
  return code;
}

/** Statements that give `this` one field. */
function field(outer: Context, member: Node, home: string): string {
  const info: FunctionInfo = member.info;
  const cx = outer.inner(info, { home });
  const { key } = member;
  const value = initialValue(member, fieldValue(cx, member));
  let code: string;
  if (member.type === 'ClassAccessorProperty') {
    code = `new ${member.storage}(this,${value});`;
    const pair = isDecorated(member) ? `${member.decorated}.value` : `$.pairOf(${member.storage})`;
    if (key.type === 'PrivateName') code += `new ${cx.privates.get(key.id.name)}(this,${pair});`;
  } else if (key.type === 'PrivateName') code = `new ${cx.privates.get(key.id.name)}(this,${value});`;
  else if (member.keyName === undefined)
    code = cx.unit.fieldDefiner(JSON.parse(literalKey(key)), 'this', value);
  else code = `$.define(this,${member.keyName},${value});`;
  if (isDecorated(member)) code += runAdded(`${member.decorated}.added`, 'this');
  const self = info.thisCaptured ? `const $t${info.index}=this;` : '';
  return `{${cx.declarations()}${self}${code}}`;
}

function fieldValue(cx: Context, member: Node): string {
  const { key, value } = member;
  if (!value) return 'void 0';
  if (key.type === 'PrivateName') return named(cx, value, `#${key.id.name}`);
  if (member.keyName !== undefined) return namedBy(cx, value, member.keyName);
  return named(cx, value, member.computed ? '' : JSON.parse(literalKey(key)));
}

/** Static private methods, then static fields and blocks in order, with the finished class as `this`. */
function staticPart(cx: Context, members: readonly Node[], names: Names, made: string): string {
  const own = members.filter((m) => m.static || m.type === 'StaticBlock');
  if (names.decoration === null && !own.some((m) => m.type !== 'ClassMethod')) return '';
  let code = installPrivate(cx, own, 'this');
  if (names.decoration !== null) code += runAdded(`${names.decoration}.statics`, 'this');
  for (const m of own) {
    if (isField(m)) code += field(cx, m, names.constructor);
    else if (m.type === 'StaticBlock') code += staticBlock(cx, m, names.constructor);
  }
  if (names.decoration !== null) code += runAdded(`${names.decoration}.own`, 'this');
  return `yield* (function*(){${code}}).call(${made});`;
}

function staticBlock(outer: Context, node: Node, home: string): string {
  const cx = outer.inner(node.info, { home });
  const code = scoped(cx, node.scope, node.body);
  const self = node.info.thisCaptured ? `const $t${node.info.index}=this;` : '';
  return `{${cx.declarations()}${self}${code}}`;
}
