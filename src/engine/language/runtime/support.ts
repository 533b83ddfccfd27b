/** The names compiled code uses, in one object: a Runtime with the helpers of the generated code. */
import { FRAME_BYTES } from '../addresses.ts';
import { type Look, SUSPENDED } from '../host.ts';
import { isConstructor, type Routine } from './builtin.ts';
import * as classes from './class-object.ts';
import { Construction } from './construct.ts';
import * as cursors from './cursor.ts';
import * as decorators from './decorators.ts';
import { delegate, delegateAsync } from './delegate.ts';
import { describe } from './describe.ts';
import type { Form, Frame } from './forms.ts';
import * as functions from './function-object.ts';
import { explainMissing } from './globals.ts';
import { Identity } from './identity.ts';
import type { FunctionCode } from './load.ts';
import { disposeAll, Resources } from './resources.ts';
import { Runtime } from './runtime.ts';
import { ShownFrames } from './shown-frame.ts';
import { AWAIT, DEAD, YIELD } from './signals.ts';
import { type Word, Words } from './words.ts';

/** Thrown out of a sprint, never seen by the reader. */
class Overrun {
  readonly address: number;
  readonly site: number;
  constructor(address: number, site: number) {
    this.address = address;
    this.site = site;
  }
}

/** The runtime as compiled code sees it. */
export class Support extends Runtime {
  get suspended(): symbol {
    return SUSPENDED;
  }
  get awaitSignal(): unknown {
    return AWAIT;
  }
  get yieldSignal(): unknown {
    return YIELD;
  }
  get dead(): symbol {
    return DEAD;
  }
  get Identity(): typeof Identity {
    return Identity;
  }

  // --- accesses ---

  /** The thread stops in front of an access. */
  stop(address: number, site: number): number {
    this.access = address;
    return site;
  }
  /** The language looks into a value, as a built-in would. True where the thread has to stop in front of that. */
  looks(look: Look, value: unknown, key?: PropertyKey): boolean {
    const isObject = typeof value === 'object' && value !== null;
    return isObject && this.host.looks?.(look, value, key) === SUSPENDED && this.step === 0;
  }
  /** A property of the object is being deleted. */
  deletes(target: unknown): void {
    if (typeof target === 'object' && target !== null) this.host.deletes?.(target);
  }
  /** An object that the program has just made. */
  born<T>(value: T): T {
    return this.addresses.born(value);
  }
  /** An access that had fuel enough stops all the same: the process was killed for want of memory, or the access took more than the host foresaw. */
  overrun(address: number, site: number): void {
    if (this.host.isOver) throw new Overrun(address, site);
  }
  /** Where a thread stops for good that threw in {@link overrun}; what anybody else threw goes on. */
  overran(thrown: unknown): number {
    if (thrown instanceof Overrun) return this.stop(thrown.address, thrown.site);
    throw thrown;
  }
  /** Room for a scope's shared variables. */
  environment(count: number): number {
    return this.host.allocate(count * 8);
  }
  /** Addresses in the running function's frame, for local variables whose address is asked for. */
  stackSlots(count: number): number {
    const top = this.host.stackTop?.();
    if (top === undefined) return this.environment(count);
    return top - (this.depth + this.nest) * FRAME_BYTES;
  }
  /** `addressOf`: of the object where there is one, else of the variable. */
  addressOfVariable(value: unknown, address: number): number {
    return this.addresses.ofObject(value) || address;
  }
  /** The same in a program that reads memory by address. The variable is found at its address from now on. */
  locateVariable(
    value: unknown,
    address: number,
    name: string,
    get: () => unknown,
    set: Word['set'],
  ): number {
    this.readableWords.addVariable(address, { name, get, set });
    return this.locate(value, address);
  }
  /** A module variable of such a program. */
  addVariable(address: number, name: string, get: () => unknown, set: Word['set']): void {
    this.readableWords.addVariable(address, { name, get, set });
  }
  /** `addressOf` a property, in such a program. */
  locateProperty(value: unknown, target: unknown, key: unknown): number {
    if (typeof target === 'object' && target !== null) this.readableWords.addObject(target);
    return this.locate(value, this.addresses.element(target, key));
  }
  /** `addressOf` anything else. */
  locateValue(value: unknown): number {
    return this.locate(value, 0);
  }
  private locate(value: unknown, address: number): number {
    const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
    return isObject ? this.readableWords.addObject(value) : address;
  }
  /** Variables and objects that can be read by address; null until the program asks for one. */
  words: Words | null = null;
  private get readableWords(): Words {
    this.words ??= new Words(this.addresses, this.host);
    return this.words;
  }

  // --- variables for a debugger ---

  /** The form of a function whose activations can be asked for their variables. */
  shown(form: Form, fn: number): Form {
    this.shownFrames ??= new ShownFrames();
    return this.shownFrames.form(form, fn);
  }
  /** What the scopes of the activation just entered leave for a debugger. */
  scopes(): unknown {
    return this.shownFrames?.entering.entries;
  }

  // --- plain functions ---

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

  // --- functions ---

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

  // --- calls ---

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

  // --- construction and classes ---

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
    classes.defineMethod(target, key, functions.nameFunction(value, key));
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

  // --- names ---

  /** A value about to be thrown at a site. */
  thrown(value: unknown, site: number): unknown {
    this.errors.thrown(value, site);
    return value;
  }

  global(name: string): unknown {
    const { globals } = this.realm;
    if (name in globals) return globals[name];
    throw explainMissing(name);
  }
  typeofGlobal(name: string): string {
    return typeof this.realm.globals[name];
  }
  setGlobal(name: string, value: unknown): unknown {
    const { globals } = this.realm;
    if (!(name in globals)) throw explainMissing(name);
    globals[name] = value;
    return value;
  }
  constant(_name: string): never {
    throw new TypeError('Assignment to constant variable.');
  }
  ready(value: unknown, name: string): unknown {
    if (value === DEAD) throw new ReferenceError(`Cannot access '${name}' before initialization`);
    return value;
  }
  importMeta(): object {
    return Object.create(null) as object;
  }
  /** A name of the module `interleave`. */
  imported(library: Readonly<Record<string, unknown>>, name: string): unknown {
    if (name === '*') return library;
    if (Object.hasOwn(library, name)) return library[name];
    throw new SyntaxError(`'interleave' has no export called ${name}`);
  }

  // --- literals and patterns ---

  template(cooked: unknown[], raw: string[]): unknown {
    Object.defineProperty(cooked, 'raw', { value: Object.freeze(raw) });
    return Object.freeze(cooked);
  }
  /** What an object pattern takes apart: `key` is its first property, `of` where the value comes from. */
  requireObject(value: unknown, key = '', of = ''): unknown {
    if (value !== undefined && value !== null) return value;
    const what = key === '' ? '' : `property '${key}' of `;
    throw new TypeError(`Cannot destructure ${what}'${of || value}' as it is ${value}.`);
  }
  restOf(value: unknown, keys: readonly PropertyKey[]): object {
    const rest: Record<PropertyKey, unknown> = {};
    const seen = new Set<PropertyKey>();
    keys.forEach((k) => seen.add(typeof k === 'symbol' ? k : String(k)));
    const source = Object(value) as Record<PropertyKey, unknown>;
    const keysOfSource = Reflect.ownKeys(source);
    for (let i = 0; i < keysOfSource.length; i++) {
      const key = keysOfSource[i] as PropertyKey;
      if (seen.has(key)) continue;
      if (Object.getOwnPropertyDescriptor(source, key)?.enumerable) this.define(rest, key, source[key]);
    }
    return rest;
  }
  cursor(value: unknown, _list: unknown): cursors.Cursor | undefined {
    return cursors.arrayCursor(value);
  }
  openCursor(value: unknown, list: cursors.Cursor[] | null, site: number): Frame {
    return cursors.openCursor(this, value, list, site);
  }
  openAsyncCursor(value: unknown, site: number): Frame {
    return cursors.openAsyncCursor(this, value, site);
  }
  stepCursor(cursor: cursors.Cursor): Frame {
    return cursors.stepCursor(this, cursor);
  }
  stepAsync(cursor: cursors.Cursor): Frame {
    return cursors.stepAsync(this, cursor);
  }
  stepSeen(cursor: cursors.Cursor): boolean {
    return cursors.stepSeen(this, cursor);
  }
  takeFrom(cursor: cursors.Cursor): Frame {
    return cursors.takeFrom(this, cursor);
  }
  restOfCursor(cursor: cursors.Cursor): Frame {
    return cursors.restOf(this, cursor);
  }
  closeCursor(cursor: cursors.Cursor): Routine<void> {
    return cursors.closeCursor(this, cursor, false);
  }
  closeQuietly(cursor: cursors.Cursor): Routine<void> {
    return cursors.closeCursor(this, cursor, true);
  }
  closeAsync(cursor: cursors.Cursor): Routine<void> {
    return cursors.closeAsync(this, cursor, false);
  }
  closeAsyncQuietly(cursor: cursors.Cursor): Routine<void> {
    return cursors.closeAsync(this, cursor, true);
  }
  abandon(list: cursors.Cursor[]): Routine<void> {
    return cursors.closeAll(this, list, true);
  }
  closeAll(list: cursors.Cursor[]): Routine<void> {
    return cursors.closeAll(this, list, false);
  }
  plainArray(value: unknown): boolean {
    return this.host.place === undefined && cursors.isPlainArray(value);
  }
  join(head: unknown[], rest: readonly unknown[]): unknown[] {
    this.append(head, rest);
    return head;
  }
  append(list: unknown[], values: readonly unknown[]): void {
    for (let i = 0; i < values.length; i++) list.push(values[i]);
  }
  toList(value: unknown, site: number): Frame {
    return cursors.listOf(this, value, site);
  }
  delegate(value: unknown): Frame {
    return delegate(this, value);
  }
  delegateAsync(value: unknown): Frame {
    return delegateAsync(this, value);
  }
  resources(): Resources {
    return new Resources();
  }
  use(resources: Resources, value: unknown, asynchronous: boolean): unknown {
    return resources.use(value, asynchronous);
  }
  disposeAll(resources: Resources): Routine<void> {
    return disposeAll(this, resources);
  }
  enumMember(target: Record<string, unknown>, name: string, value: unknown): void {
    target[name] = value;
    if (typeof value === 'number') target[String(value)] = name;
  }
}

/** `ToPropertyKey` for anything but strings and symbols: converted by the language itself, exactly once. */
function propertyKey(value: unknown): PropertyKey {
  return Reflect.ownKeys({ [value as PropertyKey]: 0 })[0] as PropertyKey;
}
