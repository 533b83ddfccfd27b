/** `DisposableStack` and `AsyncDisposableStack`, whose disposers can be suspended. Made here, because few engines have both. */
import { startAsync } from './async-function.ts';
import { addMethods, hide, isObject } from './builtin.ts';
import { describe } from './describe.ts';
import type { Frame, NativeForm } from './forms.ts';
import type { Realm } from './realm.ts';
import { disposeAll, Resources } from './resources.ts';

/** What a stack holds; null once it was disposed of or moved. */
type Held = Resources | null;

type Methods = Record<string, readonly [length: number, form: NativeForm]>;

/** Make one of the two classes. Any number of realms may have theirs. */
export function makeDisposableStack(realm: Realm, asynchronous: boolean): Function {
  const name = asynchronous ? 'AsyncDisposableStack' : 'DisposableStack';
  const held = new WeakMap<object, Held>();
  const constructor = function (this: object): void {
    if (new.target === undefined) throw new TypeError(`Constructor ${name} requires 'new'`);
    held.set(this, new Resources());
  };
  const prototype = constructor.prototype as object;
  Object.defineProperty(constructor, 'name', { value: name, configurable: true });
  Object.defineProperty(constructor, 'prototype', { writable: false });
  Object.defineProperty(prototype, Symbol.toStringTag, { value: name, configurable: true });

  /** What a stack holds. TypeError where the value is no stack. */
  const heldBy = (stack: unknown, method: string): Held => {
    const resources = isObject(stack) ? held.get(stack) : undefined;
    if (resources !== undefined) return resources;
    throw new TypeError(
      `Method ${name}.prototype.${method} called on incompatible receiver ${describe(stack)}`,
    );
  };
  const open = (stack: unknown, method: string): Resources => {
    const resources = heldBy(stack, method);
    if (resources !== null) return resources;
    throw new ReferenceError(`${method}: the ${name} has been disposed of`);
  };
  /** The stack is closed from now on; gives what it held. */
  const close = (stack: unknown, resources: Resources): Resources => {
    held.set(stack as object, null);
    return resources;
  };

  const disposal: Methods = asynchronous
    ? {
        disposeAsync: [
          0,
          (rt, self) =>
            startAsync(
              rt,
              (function* (): Frame {
                const resources = heldBy(self, 'disposeAsync');
                if (resources !== null) yield* disposeAll(rt, close(self, resources));
                return undefined;
              })(),
            ),
        ],
      }
    : {
        dispose: [
          0,
          function* (rt, self) {
            const resources = heldBy(self, 'dispose');
            if (resources !== null) yield* disposeAll(rt, close(self, resources));
            return undefined;
          },
        ],
      };
  addMethods(realm, prototype, disposal);
  addMethods(realm, prototype, {
    use: [1, step((self, value) => open(self, 'use').use(value, asynchronous))],
    adopt: [
      2,
      step((self, value, onDispose) => {
        open(self, 'adopt').add(callable(onDispose), undefined, [value], asynchronous);
        return value;
      }),
    ],
    defer: [
      1,
      step((self, onDispose) => open(self, 'defer').add(callable(onDispose), undefined, [], asynchronous)),
    ],
    move: [
      0,
      step((self) => {
        const moved = Object.create(prototype) as object;
        held.set(moved, close(self, open(self, 'move')));
        return moved;
      }),
    ],
  });
  const { disposed } = Object.getOwnPropertyDescriptors({
    get disposed(): boolean {
      return heldBy(this, 'disposed') === null;
    },
  });
  Object.defineProperty(prototype, 'disposed', { ...disposed, enumerable: false });
  const [key, method] = asynchronous
    ? ([Symbol.asyncDispose, 'disposeAsync'] as const)
    : ([Symbol.dispose, 'dispose'] as const);
  hide(prototype, key, (prototype as Record<string, unknown>)[method]);
  return constructor;
}

/** The form of a method that calls nothing. */
const step = (body: (self: unknown, ...args: readonly unknown[]) => unknown): NativeForm =>
  // biome-ignore lint/correctness/useYield: a form is an activation, even where nothing suspends
  function* (_rt, self, args) {
    return body(self, ...args);
  };

function callable(value: unknown): Function {
  if (typeof value === 'function') return value;
  throw new TypeError(`${describe(value)} is not a function`);
}
