/** The names compiled code uses, in one object: a Runtime with the helpers of the generated code. */
import { SUSPENDED } from '../host.ts';
import type { Routine } from './builtin.ts';
import { ClassSupport } from './class-support.ts';
import * as cursors from './cursor.ts';
import { delegate, delegateAsync } from './delegate.ts';
import type { Frame } from './forms.ts';
import { explainMissing } from './globals.ts';
import { Identity } from './identity.ts';
import { disposeAll, Resources } from './resources.ts';
import { AWAIT, DEAD, YIELD } from './signals.ts';

/** The runtime as compiled code sees it. */
export class Support extends ClassSupport {
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
  delegate(value: unknown, site: number): Frame {
    return delegate(this, value, site);
  }
  delegateAsync(value: unknown, site: number): Frame {
    return delegateAsync(this, value, site);
  }
  resources(): Resources {
    return new Resources();
  }
  use(resources: Resources, value: unknown, asynchronous: boolean, site: number): unknown {
    return resources.use(value, asynchronous, site);
  }
  disposeAll(resources: Resources): Routine<void> {
    return disposeAll(this, resources);
  }
  enumMember(target: Record<string, unknown>, name: string, value: unknown): void {
    target[name] = value;
    if (typeof value === 'number') target[String(value)] = name;
  }
}
