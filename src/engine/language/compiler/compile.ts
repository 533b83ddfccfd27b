/** Source in, Program out. */

import { SOURCE_URL } from '../positions.ts';
import type { Program, FunctionInfo as ProgramFunction } from '../program.ts';
import { analyse } from './analyse.ts';
import { errorAt, type Node, parse } from './ast.ts';
import { Context } from './context.ts';
import { localsHead, shownForm } from './locals.ts';
import { machineRequest } from './machine-request.ts';
import { findPlain } from './plain.ts';
import { usesAddresses } from './questions.ts';
import type { FunctionInfo } from './scope.ts';
import { scoped } from './statements.ts';
import { Unit } from './unit.ts';

/** How `compile` is told about the source. */
export interface CompileOptions {
  /** File name as the reader knows it; shown in errors. */
  readonly name?: string;
  /** Loads and stores pass their values through the host (`Host.loaded`, `Host.stored`): for store buffers, and to show values. */
  readonly watched?: boolean;
  /** Suspended frames can be asked for their variables (`FrameInfo.locals`); everything else stays as it is, but for speed. */
  readonly locals?: boolean;
  /** What the library exports: any other name that is imported and used is an error. Left out: found when the program starts. */
  readonly exports?: readonly string[];
  /** The source as `parse` gave it, where somebody has parsed it already. It is written into. */
  readonly tree?: Node;
}

/** Compile a TypeScript module. Throws CompileError (line and column 1-based) where it is not one. */
export function compile(source: string, options: CompileOptions = {}): Program {
  const tree = options.tree ?? parse(source);
  const { module, functions } = analyse(tree, source);
  findPlain(functions);
  const unit = new Unit(source, options.watched, options.locals);
  unit.usesAddresses = usesAddresses(tree.scope);
  for (const fn of functions) unit.functions.push(describeFunction(fn, source));
  const body = moduleBody(new Context(unit, module), tree);
  return {
    format: 1,
    name: options.name ?? 'snippet.ts',
    source,
    code: `"use strict";let $v;${unit.prelude}${unit.marks()}return [$L,function($,$lib){${CONSTANTS}${imports(tree, options.exports)}${unit.instance}return (${body})()}]\n//# sourceURL=${SOURCE_URL}`,
    sites: unit.sites,
    functions: unit.functions,
    variables: unit.variables,
    machine: machineRequest(tree),
  };
}

/** What every instance has at hand. */
const CONSTANTS =
  'const $H=$.host,$F=$.fuel,$K=$.addresses,$S=$.suspended,$A=$.awaitSignal,$Y=$.yieldSignal,$D=$.dead;';

function moduleBody(cx: Context, tree: Node): string {
  const code = scoped(cx, tree.scope, tree.body);
  return shownForm(cx, `function*(){${localsHead(cx)}${cx.declarations()}${cx.unit.moduleWords()}${code}}`);
}

function imports(tree: Node, exported: readonly string[] | undefined): string {
  let code = '';
  for (const { kind, uses, imported, output, node } of tree.scope.bindings.values()) {
    if (kind !== 'import' || uses === 0) continue;
    if (exported && imported !== '*' && !exported.includes(imported))
      throw errorAt(node, `'interleave' has no export called ${imported}`);
    code += `const ${output}=$.imported($lib,${JSON.stringify(imported)});`;
  }
  return code;
}

function describeFunction({ node, whole, assigned }: FunctionInfo, source: string): ProgramFunction {
  const { line, column } = node.loc.start;
  const name = node.id?.name ?? node.key?.name ?? node.key?.value ?? node.key?.id?.name ?? assigned;
  return {
    name: String(name),
    line,
    column: column + 1,
    start: whole?.start ?? textStart(node, source),
    end: (whole ?? node).end,
  };
}

/** Where a function's own text begins: after its decorators, and the space and comments behind them. */
function textStart(node: Node, source: string): number {
  const last: Node | undefined = node.decorators?.at(-1);
  const isClass = node.type === 'ClassDeclaration' || node.type === 'ClassExpression';
  if (last === undefined || isClass) return node.start;
  const between = /(?:\s|\/\/.*|\/\*[\s\S]*?\*\/)*/y;
  between.lastIndex = last.end;
  between.test(source);
  return between.lastIndex;
}
