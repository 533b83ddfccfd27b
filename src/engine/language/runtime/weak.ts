/**
 * Weak references without chance: when memory is collected depends on the computer, so here a reference never
 * goes away and a registry never calls back. The language allows both.
 */

/** Holds its target for good. */
export class WeakRef<T extends WeakKey> {
  readonly #target: T;
  constructor(target: T) {
    if (
      (typeof target !== 'object' || target === null) &&
      typeof target !== 'function' &&
      typeof target !== 'symbol'
    )
      throw new TypeError('WeakRef: target must be an object');
    this.#target = target;
  }
  deref(): T {
    return this.#target;
  }
  static {
    Object.defineProperty(WeakRef.prototype, Symbol.toStringTag, { value: 'WeakRef', configurable: true });
  }
}

/** Never calls its callback. */
export class FinalizationRegistry {
  constructor(cleanup: unknown) {
    if (typeof cleanup !== 'function') throw new TypeError('FinalizationRegistry: cleanup must be callable');
  }
  register(target: unknown, held: unknown, _token?: unknown): void {
    if (target === held)
      throw new TypeError('FinalizationRegistry: target and held value must not be the same');
  }
  unregister(_token: unknown): boolean {
    return false;
  }
  static {
    const tag = { value: 'FinalizationRegistry', configurable: true };
    Object.defineProperty(FinalizationRegistry.prototype, Symbol.toStringTag, tag);
  }
}
