/** Reading and writing variables: where another thread may see the change, an access the machine is told of. */
import type { Node } from './ast.ts';
import type { Context } from './context.ts';
import { thisValue } from './expressions.ts';
import type { Binding } from './scope.ts';

/** Code that reads a variable. */
export function read(cx: Context, id: Node): string {
  const binding: Binding | null | undefined = id.binding;
  if (!binding) return readGlobal(cx, id);
  if (binding.exportedFrom !== null) return `${binding.exportedFrom.output}[${JSON.stringify(binding.name)}]`;
  const value = binding.checked
    ? `$.ready(${binding.output},${JSON.stringify(binding.name)})`
    : binding.output;
  if (!binding.shared) return value;
  return `(${cx.touch(cx.unit.address(binding), cx.site(id, 'load', binding.name))},${cx.loaded(value)})`;
}

function readGlobal(cx: Context, id: Node): string {
  switch (id.name) {
    case 'undefined':
      return '(void 0)';
    case 'NaN':
    case 'Infinity':
      return id.name;
    case 'arguments':
      return `$a${cx.fn.owner.index}`;
    default: {
      const site = `/*${cx.site(id, 'load', id.name)}*/`;
      return site + (cx.unit.fixedGlobal(id.name) ?? `$.global(${JSON.stringify(id.name)})`);
    }
  }
}

/** Code that can be repeated: evaluating it again, later, gives the same value and does nothing. Else null. */
export function stable(cx: Context, node: Node): string | null {
  switch (node.type) {
    case 'Identifier':
      return node.binding?.stable && node.binding.exportedFrom === null ? node.binding.output : null;
    case 'ThisExpression':
      return cx.fn.owner.derived ? null : thisValue(cx);
    case 'NumericLiteral':
      return `(${cx.unit.source.slice(node.start, node.end)})`;
    case 'StringLiteral':
      return JSON.stringify(node.value);
    default:
      return null;
  }
}

/**
 * Code that stores `value` in a variable (and has it as its value). `value` may be evaluated early, so that the
 * stop comes between computing and storing.
 */
export function write(cx: Context, id: Node, value: string): string {
  const binding: Binding | null | undefined = id.binding;
  if (!binding) return `$.setGlobal(${JSON.stringify(id.name)},${value})`;
  if (binding.exportedFrom !== null)
    return `(${binding.exportedFrom.output}[${JSON.stringify(binding.name)}]=${value})`;
  if (binding.constant) {
    const old = binding.kind === 'import' ? 'void 0' : binding.output;
    return `(${value},${old},/*${cx.site(id, 'store', id.name)}*/$.constant(${JSON.stringify(id.name)}))`;
  }
  const check = binding.checked ? `$.ready(${binding.output},${JSON.stringify(binding.name)}),` : '';
  if (!binding.shared)
    return check === '' ? `(${binding.output}=${value})` : `(${check}${binding.output}=${value})`;
  const temp = cx.temp();
  const touch = cx.touch(cx.unit.address(binding), cx.site(id, 'store', binding.name));
  cx.release(temp);
  return `(${temp}=${value},${check}${touch},${cx.stored(temp, [], (stored) => `${binding.output}=${stored}`)})`;
}

/** Code that gives a variable its first value: no other thread can see it yet. */
export function initialise(binding: Binding, value: string): string {
  if (binding.exportedFrom !== null)
    return `${binding.exportedFrom.output}[${JSON.stringify(binding.name)}]=${value}`;
  return `${binding.output}=${value}`;
}
