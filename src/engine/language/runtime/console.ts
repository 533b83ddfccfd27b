/** `console`: lines of the process's output. */
import { hide, plainMethod } from './builtin.ts';
import { tableText } from './console-table.ts';
import { format, formatLog } from './format.ts';
import { defineKernelCall } from './forms.ts';
import { inspect } from './inspect.ts';
import type { Realm } from './realm.ts';
import type { Runtime } from './runtime.ts';

const INDENTATION = '  ';
const NANOSECONDS = 1e6;

/** What a process's console remembers. */
class Console {
  private readonly rt: Runtime;
  private readonly counts = new Map<string, number>();
  private readonly starts = new Map<string, number>();
  private indentation = '';

  constructor(rt: Runtime) {
    this.rt = rt;
  }

  /** Print a text at the indentation of the group. May return SUSPENDED, as every kernel call. */
  private print(text: string): unknown {
    const { indentation } = this;
    return this.rt.host.print(
      indentation === '' ? text : indentation + text.replaceAll('\n', `\n${indentation}`),
    );
  }

  log(...values: unknown[]): unknown {
    return this.print(formatLog(values));
  }
  assert(condition: unknown, ...values: unknown[]): unknown {
    if (condition) return undefined;
    const [first, ...rest] = values;
    if (typeof first === 'string') return this.log(`Assertion failed: ${first}`, ...rest);
    return this.log('Assertion failed', ...values);
  }
  dir(value: unknown, options?: { readonly depth?: number | null }): unknown {
    return this.print(inspect(value, options?.depth === null ? Number.POSITIVE_INFINITY : options?.depth));
  }
  table(data: unknown, columns?: readonly string[]): unknown {
    return this.print(tableText(data, columns) ?? format([data]));
  }
  group(...values: unknown[]): unknown {
    const printed = values.length > 0 ? this.log(...values) : undefined;
    this.indentation += INDENTATION;
    return printed;
  }
  groupEnd(): void {
    this.indentation = this.indentation.slice(INDENTATION.length);
  }
  count(label: unknown = 'default'): unknown {
    const name = String(label);
    const count = (this.counts.get(name) ?? 0) + 1;
    this.counts.set(name, count);
    return this.log(`${name}: ${count}`);
  }
  countReset(label: unknown = 'default'): void {
    this.counts.delete(String(label));
  }
  time(label: unknown = 'default'): void {
    this.starts.set(String(label), this.rt.host.now());
  }
  timeLog(label: unknown = 'default', ...values: unknown[]): unknown {
    const name = String(label);
    const start = this.starts.get(name);
    if (start === undefined) return undefined;
    const elapsed = Number(((this.rt.host.now() - start) / NANOSECONDS).toFixed(3));
    return this.log(`${name}: ${elapsed}ms`, ...values);
  }
  timeEnd(label: unknown = 'default'): unknown {
    const printed = this.timeLog(label);
    this.starts.delete(String(label));
    return printed;
  }
}

/** Its methods, some under several names: there is one output. */
const METHODS: Readonly<Record<string, keyof Console>> = {
  ...{
    log: 'log',
    info: 'log',
    debug: 'log',
    warn: 'log',
    error: 'log',
    dirxml: 'log',
    assert: 'assert',
    dir: 'dir',
  },
  ...{ table: 'table', group: 'group', groupCollapsed: 'group', groupEnd: 'groupEnd', count: 'count' },
  ...{ countReset: 'countReset', time: 'time', timeLog: 'timeLog', timeEnd: 'timeEnd' },
};

/** Make the realm's console. */
export function makeConsole(realm: Realm): object {
  const console = {};
  Object.defineProperty(console, Symbol.toStringTag, { value: 'console', configurable: true });
  const consoles = new WeakMap<Runtime, Console>();
  const own = (rt: Runtime): Console => {
    const known = consoles.get(rt) ?? new Console(rt);
    consoles.set(rt, known);
    return known;
  };
  for (const [name, method] of Object.entries(METHODS)) {
    const call = (_self: unknown, values: readonly unknown[]): unknown => {
      const target = own(realm.runtime);
      return Reflect.apply(target[method] as Function, target, values);
    };
    hide(console, name, defineKernelCall(plainMethod(name, 0, call)));
  }
  return console;
}
