/**
 * Showing the variables of suspended frames. A program compiled with `locals` leaves, at the head of each scope, a function
 * that names the scope's variables; a debugger calls it. Nothing of this is in other programs, and it adds no sites: both
 * stop at the same places.
 */
import type { Context } from './context.ts';
import type { Binding, Scope } from './scope.ts';

/** The first statement of a form: where this activation keeps what its scopes leave. */
export const localsHead = (cx: Context): string => (cx.unit.showsLocals ? 'const $w=$.scopes();' : '');

/** Code of a form whose activations can be asked for their variables. */
export const shownForm = (cx: Context, form: string): string =>
  cx.unit.showsLocals ? `$.shown(${form},${cx.fn.index})` : form;

/** A statement at the head of a scope, where the variables that it declares are in reach. */
export function scopeLocals(cx: Context, scope: Scope): string {
  const { node } = scope;
  if (!cx.unit.showsLocals || cx.plain || node === null) return '';
  const shown = [...scope.bindings.values()].filter(isShown);
  if (shown.length === 0) return '';
  const { start, end } = node.loc;
  const range = [start.line, start.column + 1, end.line, end.column + 1];
  const calls = shown.map((binding) => `$g(${describe(binding)},()=>${binding.output});`);
  return `$w[${depthOf(scope)}]=[${range},$g=>{${calls.join('')}}];`;
}

const KINDS: ReadonlySet<string> = new Set(['let', 'const', 'var', 'parameter', 'catch']);

const isShown = ({ kind, exportedFrom, known }: Binding): boolean =>
  KINDS.has(kind) && exportedFrom === null && known === null;

/** Name, segment, address (of what is captured) and place of declaration of a variable, as code. */
function describe({ name, scope, captured, slot, node }: Binding): string {
  const segment = scope.parent === null ? 'data' : captured ? 'heap' : 'stack';
  const address = slot >= 0 ? `$e${scope.id}&&$e${scope.id}+${slot * 8}` : '0';
  const { line, column } = node.loc.start;
  return `"${name}","${segment}",${address},${line},${column + 1}`;
}

function depthOf(scope: Scope): number {
  let depth = 0;
  for (let outer = scope.parent; outer !== null; outer = outer.parent) depth++;
  return depth;
}
