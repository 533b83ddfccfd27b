/** `DisposableStack` and `AsyncDisposableStack`, whose disposers can be suspended. Made here because few engines have both. */
import { startAsync } from './async-function.ts';
import { addMethods, hide, isObject, type Routine } from './builtin.ts';
import { defineSuspendableConstructor, type Frame, type NativeForm } from './forms.ts';
import { Identity } from './identity.ts';
import type { Realm } from './realm.ts';
import { disposeAll, Resources } from './resources.ts';
import { describe, type Runtime } from './runtime.ts';

/** What a stack holds; null once it was disposed of or moved. */
interface Holding {
  resources: Resources | null;
}

class StackMark extends Identity {
  #holding: Holding;
  private constructor(target: object, holding: Holding) {
    super(target);
    this.#holding = holding;
  }
  static put(target: object, holding: Holding): void {
    new StackMark(target, holding);
  }
  static get(target: unknown): Holding | undefined {
    return isObject(target) && #holding in target ? (target as StackMark).#holding : undefined;
  }
}

type Methods = Record<string, readonly [length: number, form: NativeForm]>;

/** Make one of the two classes of a realm. */
export function makeDisposableStack(realm: Realm, asynchronous: boolean): Function {
  const name = asynchronous ? 'AsyncDisposableStack' : 'DisposableStack';
  const marked = new WeakSet<Holding>();
  const constructor = {
    [name](): object {
      return make(asConstructed(new.target, name).prototype);
    },
  }[name] as Function;
  const maker = function (this: unknown): object {
    return make(asConstructed(new.target, name).prototype);
  };
  void constructor;
  Object.defineProperty(maker, 'name', { value: name, configurable: true });
  const prototype = maker.prototype as object;
  Object.defineProperty(maker, 'prototype', { writable: false });

  function make(proto: unknown, resources = new Resources()): object {
    const stack = Object.create(isObject(proto) ? proto : prototype) as object;
    const holding: Holding = { resources };
    marked.add(holding);
    StackMark.put(stack, holding);
    return stack;
  }

  function holdingOf(stack: unknown, method: string): Holding {
    const holding = StackMark.get(stack);
    if (holding !== undefined && marked.has(holding)) return holding;
    throw new TypeError(`Method ${name}.prototype.${method} called on incompatible receiver ${describe(stack)}`);
  }

  function open(stack: unknown, method: string): Resources {
    const { resources } = holdingOf(stack, method);
    if (resources !== null) return resources;
    throw new ReferenceError(`${name}.prototype.${method}: the stack has been disposed of`);
  }
  return maker;
}
