/** Statements, and what a block begins with. */
import { errorAt, isTypeOnly, type Node } from './ast.ts';
import { classExpression } from './classes.ts';
import type { Context } from './context.ts';
import { awaiting, expression, named } from './expressions.ts';
import { formCode, functionCode, functionValue, plainCode, selfName } from './functions.ts';
import { withLeaf } from './leaf.ts';
import { scopeLocals } from './locals.ts';
import { doWhileLoop, forInLoop, forLoop, forOfLoop, whileLoop } from './loops.ts';
import { bindPattern, protect } from './patterns.ts';
import { disposing, resourceDeclaration, usesResources, usingBody } from './resources.ts';
import type { Binding, Scope } from './scope.ts';
import { enumDeclaration, namespaceDeclaration } from './typescript.ts';
import { initialise } from './variables.ts';

/** Code for a scope: its head and its statements, and the disposal of what they use. */
export function scoped(cx: Context, scope: Scope, list: readonly Node[], after = ''): string {
  const head = scopeHead(cx, scope, list) + after;
  const resources = list.some(usesResources);
  const outer = cx.resources;
  if (resources) cx.resources = `$r${cx.unit.id()}`;
  let code = '';
  for (const one of list) code += statement(cx, one);
  const name = cx.resources;
  cx.resources = outer;
  return resources ? disposing(name as string, head + code) : head + code;
}

/** Code for one statement. */
export function statement(cx: Context, node: Node): string {
  if (isTypeOnly(node)) return '';
  if (node.cursors === true && node.type !== 'BlockStatement') {
    node.cursors = false;
    return `{${protect(cx, () => statement(cx, node))}}`;
  }
  const generate = GENERATORS[node.type];
  if (generate === undefined) throw errorAt(node, `${node.type} is not supported in a snippet`);
  return generate(cx, node);
}

/**
 * What a scope begins with: the place of its shared variables' addresses, its `var`s, and its functions, which
 * can be called from its first line.
 */
export function scopeHead(cx: Context, scope: Scope, list: readonly Node[]): string {
  let code = '';
  const vars: string[] = [];
  for (const binding of scope.bindings.values()) {
    if ((binding.shared || binding.addressed) && binding.slot < 0 && scope.parent !== null)
      binding.slot = scope.slots++;
    if (binding.kind === 'var' || binding.kind === 'enum' || binding.kind === 'namespace')
      vars.push(binding.output);
  }
  if (scope.slots > 0) vars.push(`$e${scope.id}=0`);
  if (vars.length > 0) code += `let ${vars.join(',')};`;
  return code + hoistedFunctions(cx, list) + scopeLocals(cx, scope);
}

function hoistedFunctions(cx: Context, list: readonly Node[]): string {
  const last = new Map<Binding, Node>();
  for (const item of list) {
    const node = item.type.startsWith('Export') && item.declaration ? item.declaration : item;
    if (node.type === 'FunctionDeclaration' && node.id) last.set(node.id.binding, node);
  }
  let code = '';
  for (const [binding, node] of last) code += functionDeclaration(cx, node, binding);
  return code;
}

function functionDeclaration(cx: Context, node: Node, binding: Binding): string {
  if (binding.known === node.info && binding.stable) return knownFunction(cx, node, binding, binding.name);
  const value = functionValue(cx, node, binding.name);
  if (binding.exportedFrom !== null) return `${initialise(binding, value)};`;
  return `${binding.kind === 'function' ? 'let ' : ''}${initialise(binding, value)};`;
}

/** A function that a constant name always holds: its form is called directly; the object exists if used. */
function knownFunction(cx: Context, node: Node, binding: Binding, name: string): string {
  const { output } = binding;
  let code = `const ${output}g=${withLeaf(cx.unit, node, formCode(cx, node))};`;
  if (node.info.plain) {
    code += `const ${output}p=${plainCode(cx, node, name)};`;
    if (binding.valueUses > 0)
      code += `const ${output}=$.plainFn(${functionCode(cx, node, name)},${output}p,${output}g);`;
  } else if (binding.valueUses > 0)
    code += `const ${output}=$.fn(${functionCode(cx, node, name)},${output}g);`;
  return code;
}

function variableDeclaration(cx: Context, node: Node): string {
  if (usesResources(node)) return resourceDeclaration(cx, node);
  return node.declarations.map((d: Node) => declarator(cx, node.kind, d)).join('');
}

function declarator(cx: Context, kind: string, node: Node): string {
  const { id, init } = node;
  const keyword = kind === 'var' ? 'var' : kind === 'let' ? 'let' : 'const';
  if (id.type !== 'Identifier') {
    if (init.type === 'Identifier' || init.type === 'MemberExpression') id.source = init;
    const temp = `$v${cx.unit.id()}`;
    return `const ${temp}=${expression(cx, init)};${bindPattern(cx, id, temp, keyword)}`;
  }
  const binding: Binding = id.binding;
  if (
    init &&
    keyword === 'const' &&
    binding.known === init.info &&
    init.info &&
    binding.stable &&
    binding.exportedFrom === null
  )
    return knownFunction(cx, init, binding, init.id?.name ?? binding.name);
  if (!init) return keyword === 'var' ? '' : binding.exportedFrom !== null ? '' : `let ${binding.output};`;
  const value = named(cx, init, id.name);
  if (keyword === 'var' || binding.exportedFrom !== null) return `${initialise(binding, value)};`;
  return `${keyword === 'const' ? 'const' : 'let'} ${binding.output}=${value};`;
}

/** Code for a block. */
export function block(cx: Context, node: Node): string {
  return `{${scoped(cx, node.scope, node.body)}}`;
}

function returnStatement(cx: Context, node: Node): string {
  const { fn } = cx;
  const value = node.argument ? expression(cx, node.argument) : 'void 0';
  if (fn.node.kind === 'constructor') {
    if (fn.derived) return `return ${value};`;
    return `return $.constructed(${value},${selfName(fn)},false);`;
  }
  if (fn.async && fn.generator && node.argument) return `return ${awaiting(value)};`;
  return `return ${value};`;
}

function tryStatement(cx: Context, node: Node): string {
  let code = `try${block(cx, node.block)}`;
  if (node.handler) code += catchClause(cx, node.handler);
  if (node.finalizer) code += `finally${block(cx, node.finalizer)}`;
  return code;
}

function catchClause(cx: Context, node: Node): string {
  const error = `$x${cx.unit.id()}`;
  const body = block(cx, node.body);
  const seen = `$.caught(${error});`;
  if (!node.param) return `catch(${error}){${seen}${body}}`;
  const head = scopeHead(cx, node.scope, []);
  return `catch(${error}){${seen}${head}${bindPattern(cx, node.param, error, 'let')}${body}}`;
}

function switchStatement(cx: Context, node: Node): string {
  const list: Node[] = node.cases.flatMap((c: Node) => c.consequent);
  const value = expression(cx, node.discriminant);
  const head = scopeHead(cx, node.scope, []);
  const functions = switchFunctions(cx, list);
  const cases = node.cases.map((c: Node) => {
    const test = c.test ? `case ${expression(cx, c.test)}:` : 'default:';
    return test + c.consequent.map((s: Node) => statement(cx, s)).join('');
  });
  const code = `switch(${value}){${functions.made}${cases.join('')}}`;
  return head === '' && functions.names === '' ? code : `{${head}${functions.names}${code}}`;
}

/**
 * Functions declared in a switch exist whichever case it enters by, and see its other names: they are made in the
 * test of a first case that never matches.
 */
function switchFunctions(cx: Context, list: readonly Node[]): { names: string; made: string } {
  const declarations = list.filter((s) => s.type === 'FunctionDeclaration');
  if (declarations.length === 0) return { names: '', made: '' };
  const names = [...new Set(declarations.map((d) => d.id.binding.output))];
  const made = declarations.map((d) => initialise(d.id.binding, functionValue(cx, d, d.id.name)));
  return { names: `let ${names.join(',')};`, made: `case (${made.join(',')},$S):` };
}

function ifStatement(cx: Context, node: Node): string {
  const test = expression(cx, node.test);
  const code = `if(${test}){${statement(cx, node.consequent)}}`;
  return node.alternate ? `${code}else{${statement(cx, node.alternate)}}` : code;
}

function labeled(cx: Context, node: Node): string {
  const names: string[] = [];
  let body = node;
  while (body.type === 'LabeledStatement') {
    names.push(`${body.label.name}$:`);
    body = body.body;
  }
  body.labels = names.join('');
  const loop = body.type.startsWith('For') || body.type.endsWith('WhileStatement');
  const code = statement(cx, body);
  return loop ? code : `${names.join('')}{${code}}`;
}

function exportDefault(cx: Context, node: Node): string {
  const { declaration } = node;
  if (isTypeOnly(declaration)) return '';
  if (declaration.type === 'FunctionDeclaration')
    return declaration.id ? '' : `${functionValue(cx, declaration, 'default')};`;
  if (declaration.type === 'ClassDeclaration')
    return declaration.id
      ? classDeclaration(cx, declaration)
      : `${classExpression(cx, declaration, '"default"')};`;
  return `(${named(cx, declaration, 'default')});`;
}

function classDeclaration(cx: Context, node: Node): string {
  const binding: Binding = node.id.binding;
  const value = classExpression(cx, node, JSON.stringify(node.id.name));
  if (binding.exportedFrom !== null) return `${initialise(binding, value)};`;
  return `${binding.writes > 0 ? 'let' : 'const'} ${binding.output}=${value};`;
}

const jump = (word: string) => (_cx: Context, node: Node) =>
  `${word}${node.label ? ` ${node.label.name}$` : ''};`;

/** A value that is no error carries no trace: its place is kept apart. */
function throwStatement(cx: Context, node: Node): string {
  const site = cx.site(node, 'throw', '');
  const value = expression(cx, node.argument);
  return node.argument.type === 'NewExpression'
    ? `throw /*${site}*/${value};`
    : `throw $.thrown(${value},${site});`;
}

const GENERATORS: Record<string, (cx: Context, node: Node) => string> = {
  EmptyStatement: () => '',
  DebuggerStatement: () => '',
  ExpressionStatement: (cx, node) => {
    node.expression.isUnused = true;
    return `${expression(cx, node.expression)};`;
  },
  BlockStatement: block,
  VariableDeclaration: variableDeclaration,
  FunctionDeclaration: () => '',
  ClassDeclaration: classDeclaration,
  ReturnStatement: returnStatement,
  ThrowStatement: throwStatement,
  IfStatement: ifStatement,
  ForStatement: forLoop,
  ForInStatement: forInLoop,
  ForOfStatement: forOfLoop,
  WhileStatement: whileLoop,
  DoWhileStatement: doWhileLoop,
  SwitchStatement: switchStatement,
  TryStatement: tryStatement,
  LabeledStatement: labeled,
  BreakStatement: jump('break'),
  ContinueStatement: jump('continue'),
  ImportDeclaration: () => '',
  ExportNamedDeclaration: (cx, node) => (node.declaration ? statement(cx, node.declaration) : ''),
  ExportDefaultDeclaration: exportDefault,
  UsingBody: usingBody,
  TSEnumDeclaration: enumDeclaration,
  TSModuleDeclaration: namespaceDeclaration,
};
