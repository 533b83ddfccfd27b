/** What compiled code asks about memory: stops in front of accesses, addresses, and the variables a debugger is shown. */
import { FRAME_BYTES } from '../addresses.ts';
import { type Look, SUSPENDED } from '../host.ts';
import type { Form } from './forms.ts';
import { Runtime } from './runtime.ts';
import { ShownFrames } from './shown-frame.ts';
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

/** A runtime with the accesses of compiled code. */
export class MemorySupport extends Runtime {
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

  /** The form of a function whose activations can be asked for their variables. */
  shown(form: Form, fn: number): Form {
    this.shownFrames ??= new ShownFrames();
    return this.shownFrames.form(form, fn);
  }
  /** What the scopes of the activation just entered leave for a debugger. */
  scopes(): unknown {
    return this.shownFrames?.entering.entries;
  }
}
