/** `toString()` of the reader's functions and classes: their own source. */
import type { FunctionInfo } from '../program.ts';
import { codeOf, constructorOf, nativeOf } from './forms.ts';
import { FunctionCode } from './load.ts';

/** Make `Function.prototype.toString` of this realm show readers' functions as they were written. */
export function showSources(): void {
  const native = Function.prototype.toString;
  const holder = {
    toString(this: unknown): string {
      const code = typeof this === 'function' ? sourceOf(this) : undefined;
      if (code === undefined) return native.call(this as Function);
      const { source, functions } = code.program;
      const info = functions[code.index];
      return info === undefined ? native.call(this as Function) : source.slice(info.start, info.end);
    },
  };
  Object.defineProperty(Function.prototype, 'toString', {
    value: holder.toString,
    writable: true,
    configurable: true,
  });
}

/** What the program says of a function of the reader's; undefined for any other. */
export const infoOf = (fn: Function): FunctionInfo | undefined => {
  const code = sourceOf(fn);
  return code?.program.functions[code.index];
};

function sourceOf(fn: Function): FunctionCode | undefined {
  const code = codeOf(fn) ?? constructorOf(fn)?.code ?? nativeOf(fn)?.code;
  return code instanceof FunctionCode ? code : undefined;
}
