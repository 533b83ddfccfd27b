/** Calling by `call`, `apply`, `bind` and `Reflect`: nothing is left to do afterwards, so these only pass on. */
import { SUSPENDED } from '../host.ts';
import { isConstructor } from './builtin.ts';
import { toLength } from './builtins-array.ts';
import { putNative } from './forms.ts';

/** Put the forms on `Function.prototype` and `Reflect`. */
export function addFunctionForms(): void {
  const { call, apply, bind } = Function.prototype;
  putNative(call, { tail: (rt, self, args) => rt.apply(self, args[0], args.slice(1)) });
  putNative(apply, {
    tail(rt, self, args) {
      if (typeof self !== 'function') return rt.direct(apply, self, args);
      return rt.apply(self, args[0], args[1] === undefined || args[1] === null ? [] : listFrom(args[1]));
    },
  });
  putNative(bind, {
    tail(rt, self, args) {
      const bound = rt.direct(bind, self, args) as Function;
      forward(bound, self as Function, args[0], args.slice(1));
      return bound;
    },
  });
  putNative(Reflect.apply, {
    tail(rt, self, args) {
      if (typeof args[0] !== 'function') return rt.direct(Reflect.apply, self, args);
      return rt.apply(args[0], args[1], listFrom(args[2]));
    },
  });
  putNative(Reflect.construct, {
    tail(rt, self, args) {
      const { 0: target, 1: list, 2: newTarget = target } = args;
      if (!isConstructor(target) || !isConstructor(args.length > 2 ? args[2] : target))
        return rt.direct(Reflect.construct, self, args);
      return rt.construct(target, listFrom(list), newTarget);
    },
  });
}

/** `CreateListFromArrayLike`. */
function listFrom(value: unknown): unknown[] {
  if ((typeof value !== 'object' || value === null) && typeof value !== 'function')
    throw new TypeError('CreateListFromArrayLike called on non-object');
  const list = value as ArrayLike<unknown>;
  const length = toLength(list.length);
  const values: unknown[] = [];
  for (let i = 0; i < length; i++) values[i] = list[i];
  return values;
}

/** Tell the runtime what a bound function stands for. */
function forward(bound: Function, target: Function, self: unknown, first: readonly unknown[]): void {
  putNative(bound, {
    tail: (rt, _self, args) => rt.apply(target, self, first.concat(args)),
    *construct(rt, args, newTarget) {
      let made = rt.construct(target, first.concat(args), newTarget === bound ? target : newTarget);
      if (made === SUSPENDED) made = yield;
      return made;
    },
  });
}
