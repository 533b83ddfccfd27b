/** What compiled code asks about functions: making and calling them. */
import { isConstructor } from './builtin.ts';
import { describe } from './describe.ts';
import type { Form } from './forms.ts';
import * as functions from './function-object.ts';
import type { FunctionCode } from './load.ts';
import { MemorySupport } from './memory-support.ts';

/** A runtime with the functions of compiled code. */
export class FunctionSupport extends MemorySupport {
  plain0(f: Function, form: Form): unknown {
    return this.plain(f, form, undefined, []);
  }
  plain1(f: Function, form: Form, a: unknown): unknown {
    return this.plain(f, form, undefined, [a]);
  }
  plain2(f: Function, form: Form, a: unknown, b: unknown): unknown {
    return this.plain(f, form, undefined, [a, b]);
  }
  plain3(f: Function, form: Form, a: unknown, b: unknown, c: unknown): unknown {
    return this.plain(f, form, undefined, [a, b, c]);
  }
  /** A plain function as a value, with its form for when it runs out of fuel. */
  plainFn(code: FunctionCode, fn: Function, form: Form): Function {
    return functions.makePlainFunction(this, code, fn, form);
  }

  /** Attach the leaf to a form. */
  leaf(form: Form, leaf: Function, accesses: number): Form {
    form.leaf = leaf;
    form.accesses = accesses;
    return form;
  }

  fn(code: FunctionCode, form: Form): Function {
    return functions.makeFunction(this, code, form);
  }
  asyncFn(code: FunctionCode, form: Form): Function {
    return functions.makeAsyncFunction(this, code, form);
  }
  generatorFn(code: FunctionCode, form: Form, early?: boolean): Function {
    return functions.makeGeneratorFunction(this, code, form, early);
  }
  asyncGeneratorFn(code: FunctionCode, form: Form, early?: boolean): Function {
    return functions.makeAsyncGeneratorFunction(this, code, form, early);
  }
  fnSelf(code: FunctionCode, close: functions.CloseForm): Function {
    return functions.makeSelfFunction(this, code, close, functions.makeFunction);
  }
  asyncFnSelf(code: FunctionCode, close: functions.CloseForm): Function {
    return functions.makeSelfFunction(this, code, close, functions.makeAsyncFunction);
  }
  generatorFnSelf(code: FunctionCode, close: functions.CloseForm, early?: boolean): Function {
    return functions.makeSelfFunction(this, code, close, (rt, c, form) =>
      functions.makeGeneratorFunction(rt, c, form, early),
    );
  }
  asyncGeneratorFnSelf(code: FunctionCode, close: functions.CloseForm, early?: boolean): Function {
    return functions.makeSelfFunction(this, code, close, (rt, c, form) =>
      functions.makeAsyncGeneratorFunction(rt, c, form, early),
    );
  }
  named(fn: Function, key: PropertyKey): Function {
    return functions.nameFunction(fn, key);
  }
  nameOf(key: PropertyKey): string {
    return functions.nameOfKey(key);
  }
  toKey(value: unknown): PropertyKey {
    return typeof value === 'symbol' || typeof value === 'string' ? value : propertyKey(value);
  }

  /** The error of calling, at the current site, something that cannot be called. */
  notCallable(f: unknown): TypeError {
    return new TypeError(`${this.calleeAt(this.site) || describe(f)} is not a function`);
  }
  /** Call any value with a list of arguments, from compiled code. */
  invoke(f: unknown, self: unknown, args: readonly unknown[], _site: number): unknown {
    if (typeof f !== 'function') throw this.notCallable(f);
    return this.apply(f, self, args);
  }
  /** `new f(...args)` from compiled code. */
  create(f: unknown, args: readonly unknown[], site: number): unknown {
    if (typeof f !== 'function')
      throw new TypeError(`${this.calleeAt(site) || describe(f)} is not a constructor`);
    try {
      return this.construct(f, args, f);
    } catch (error) {
      if (error instanceof TypeError && !isConstructor(f))
        throw new TypeError(`${this.calleeAt(site) || describe(f)} is not a constructor`);
      throw error;
    }
  }
  private calleeAt(site: number): string {
    const { callee, name } = this.program?.sites[site] ?? { name: '' };
    return callee ?? name;
  }
}

/** `ToPropertyKey` for anything but strings and symbols: converted by the language itself, exactly once. */
function propertyKey(value: unknown): PropertyKey {
  return Reflect.ownKeys({ [value as PropertyKey]: 0 })[0] as PropertyKey;
}
