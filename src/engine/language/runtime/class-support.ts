/** What compiled code asks about classes: construction, members, private names, `super`. */
import type { Routine } from './builtin.ts';
import * as classes from './class-object.ts';
import { Construction } from './construct.ts';
import * as decorators from './decorators.ts';
import { describe } from './describe.ts';
import type { Form } from './forms.ts';
import { nameFunction } from './function-object.ts';
import { FunctionSupport } from './function-support.ts';
import type { FunctionCode } from './load.ts';

/** A runtime with the classes of compiled code. */
export class ClassSupport extends FunctionSupport {
  construction(object: object | undefined, newTarget: Function | undefined): unknown {
    return newTarget === undefined ? object : new Construction(object, newTarget);
  }
  newTargetOf(self: unknown): unknown {
    return classes.newTargetOf(self);
  }
  thisOf(self: unknown): unknown {
    return classes.thisOf(self);
  }
  constructed(value: unknown, self: unknown, derived: boolean): unknown {
    return classes.constructed(value, self, derived);
  }
  self(self: unknown): unknown {
    return self === undefined ? classes.boundThis(self) : self;
  }
  bind(self: unknown, made: unknown): unknown {
    return classes.bindThis(self, made);
  }
  parent(constructor: Function): unknown {
    return classes.parentOf(constructor);
  }
  class(
    code: FunctionCode,
    form: Form,
    name: string,
    derived: boolean,
    target: boolean,
    heritage?: unknown,
  ): Function {
    return classes.makeClass(this, code, form, name, derived, target, heritage);
  }
  method(target: object, key: PropertyKey, value: unknown): void {
    classes.defineMethod(target, key, value);
  }
  methodBy(target: object, key: PropertyKey, value: Function): void {
    classes.defineMethod(target, key, nameFunction(value, key));
  }
  accessor(target: object, key: PropertyKey, kind: 'get' | 'set', holder: object): Function {
    return classes.defineAccessor(target, key, kind, holder);
  }
  accessorOf(target: object, key: PropertyKey, storage: classes.PrivateName): object {
    return classes.defineStored(target, key, storage);
  }
  pairOf(storage: classes.PrivateName): object {
    return classes.accessorPair(storage);
  }
  decoration(heritage: unknown): decorators.Decoration {
    return new decorators.Decoration(heritage);
  }
  decorated(...parts: ConstructorParameters<typeof decorators.Decorated>): decorators.Decorated {
    return new decorators.Decorated(...parts);
  }
  decorate(
    decoration: decorators.Decoration,
    members: readonly decorators.Decorated[],
    constructor: Function,
    name: string,
    list: decorators.DecoratorList | null,
  ): Routine<unknown> {
    return decorators.decorateClass(this, decoration, members, constructor, name, list);
  }
  initial(member: decorators.Decorated, self: unknown, value: unknown): Routine<unknown> {
    return decorators.initialValue(this, member, self, value);
  }
  added(list: readonly unknown[], self: unknown): Routine<void> {
    return decorators.runAdded(this, list, self);
  }
  /** Define a field. */
  define(target: object, key: PropertyKey, value: unknown): void {
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
  }
  privateGet(pair: { get?: Function }, self: unknown, name: string): unknown {
    if (pair.get === undefined) throw new TypeError(`'${name}' was defined without a getter`);
    return Reflect.apply(pair.get, self, []);
  }
  privateSet(pair: { set?: Function }, self: unknown, value: unknown, name: string): unknown {
    if (pair.set === undefined) throw new TypeError(`'${name}' was defined without a setter`);
    Reflect.apply(pair.set, self, [value]);
    return value;
  }
  readOnly(name: string): never {
    throw new TypeError(`Private method '${name}' is not writable`);
  }
  /** The right side of `#x in value`. */
  object(value: unknown): object {
    if ((typeof value === 'object' && value !== null) || typeof value === 'function') return value;
    throw new TypeError(`Cannot use 'in' operator to search for a private name in ${describe(value)}`);
  }
  superGet(home: object, key: unknown, self: unknown): unknown {
    return classes.superGet(home, this.toKey(key), self);
  }
  superSet(home: object, key: unknown, self: unknown, value: unknown): unknown {
    return classes.superSet(home, this.toKey(key), self, value);
  }
  superDelete(_key: unknown): never {
    throw new ReferenceError('Unsupported reference to super: it cannot be deleted');
  }
}
