/** `new`, suspendably: reader's classes and functions, and built-ins that have a suspendable form. */
import { LOOK, SUSPENDED } from '../host.ts';
import { callAfter } from './afterwards.ts';
import { describe } from './describe.ts';
import { codeOf, constructorOf, type Form, type Frame, formOf, nativeOf } from './forms.ts';
import type { FunctionCode } from './load.ts';
import type { Runtime } from './runtime.ts';

/** `this` of a form that is being constructed: what `new` made (nothing yet in a derived class) and `new.target`. */
export class Construction {
  readonly object: object | undefined;
  readonly newTarget: Function;
  constructor(object: object | undefined, newTarget: Function) {
    this.object = object;
    this.newTarget = newTarget;
  }
}

/** Construct `f` with the given `new.target`. Returns the object or SUSPENDED; TypeError where `f` cannot be. */
export function constructWith(
  rt: Runtime,
  f: unknown,
  args: readonly unknown[],
  newTarget: unknown,
): unknown {
  if (typeof f !== 'function') throw new TypeError(`${describe(f)} is not a constructor`);
  const info = constructorOf(f);
  if (info !== undefined) {
    if (info.derived) return enter(rt, info.form, new Construction(undefined, newTarget as Function), args);
    const object = rt.addresses.born(createFrom(f, newTarget));
    return enter(rt, info.form, info.target ? new Construction(object, newTarget as Function) : object, args);
  }
  const form = formOf(f);
  if (form !== undefined) return constructFunction(rt, f, form, args, newTarget);
  return constructNative(rt, f, args, newTarget);
}

function enter(rt: Runtime, form: Form, self: object, args: readonly unknown[]): unknown {
  return rt.run(Reflect.apply(form as Function, self, args) as Frame);
}

function createFrom(f: Function, newTarget: unknown): object {
  if (newTarget === f && typeof f.prototype === 'object' && f.prototype !== null)
    return Object.create(f.prototype);
  return Reflect.construct(Object, [], newTarget as Function);
}

function constructFunction(
  rt: Runtime,
  f: Function,
  form: Form,
  args: readonly unknown[],
  newTarget: unknown,
): unknown {
  const code = codeOf(f) as FunctionCode;
  if (!code.constructable) throw new TypeError(`${f.name || 'value'} is not a constructor`);
  const object = rt.addresses.born(createFrom(f, newTarget));
  const result = enter(
    rt,
    form,
    code.target ? new Construction(object, newTarget as Function) : object,
    args,
  );
  if (result === SUSPENDED) return rt.afterwards(objectOr(object));
  return isObject(result) ? result : object;
}

function* objectOr(object: object): Frame {
  const result: unknown = yield;
  return isObject(result) ? result : object;
}

function constructNative(rt: Runtime, f: Function, args: readonly unknown[], newTarget: unknown): unknown {
  const info = nativeOf(f);
  const construct = info?.construct;
  if (construct !== undefined && (info?.constructs?.(args, newTarget as Function) ?? true)) {
    const begin = () => rt.run(construct(rt, args, newTarget as Function));
    return rt.announce(f, undefined, args, true) === LOOK ? rt.afterwards(callAfter(begin)) : begin();
  }
  if ((info?.code as FunctionCode | undefined)?.constructable === false)
    throw new TypeError(`${f.name || 'value'} is not a constructor`);
  const make = () => rt.addresses.born(rt.directConstruct(f, args, newTarget as Function));
  return rt.announce(f, undefined, args, false) === LOOK ? rt.afterwards(callAfter(make)) : make();
}

/** An object in the specification's sense (functions too). */
export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
