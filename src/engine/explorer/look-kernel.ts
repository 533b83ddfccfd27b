import { Operation as KernelOperation } from '../kernel/operation.ts';
import { LOOK, type Look, SUSPENDED } from '../language/index.ts';
import { type BuiltIn, CONTENT_METHODS, ContentCall, Work } from './contents.ts';
import { see, sightOf, View } from './looks.ts';
import { MemoryKernel } from './memory-kernel.ts';

/** Elements of an array that a built-in looks at, as far as they are followed. */
const MOST_ELEMENTS = 1_000;

/**
 * Accesses that compiled code does not make: what built-ins and the language itself see of objects, and change in them. Each of these is one step, in front of which the thread stops, and which touches
 * everything it comes to see. Where others cannot notice, it is none.
 */
export abstract class LookKernel extends MemoryKernel {
  /** See `Host.mayGrow`: whoever walks over an array looks how many elements there are. To whoever replays a schedule it always may, for what others do is known only after a search. */
  mayGrow(base: number): boolean {
    if (!this.isAlone) this.workOn(base, Work.Looked);
    return this.names.sharing === null || this.names.contents.has(base);
  }

  /** See `Host.calls`: a built-in that works on an object's contents is a step, and so is a look into objects. */
  callsBuiltIn(f: BuiltIn, self: unknown, args: readonly unknown[], goesByItself: boolean): unknown {
    const change = CONTENT_METHODS.get(f);
    if (change !== undefined && typeof self === 'object' && self !== null)
      return this.callOnContents(f, self, args, change);
    const { walks } = this.running.process.instance.runtime;
    const behind = (value: unknown) => walks.behind(value);
    const sight = sightOf(f, behind(self), args.map(behind), goesByItself);
    return sight !== null && this.stopsToLook(`${f.name}() looks at what it is given`, sight)
      ? LOOK
      : undefined;
  }

  private callOnContents(f: BuiltIn, self: object, args: readonly unknown[], change: boolean): unknown {
    const { canSuspend } = this.running.process.instance;
    if (canSuspend) this.calls++;
    if (this.isAlone) return undefined;
    const { objects } = this.names;
    const base = this.addressIn(self);
    this.workOn(base, change ? Work.Changed : Work.Read);
    if (change) this.actor.spin.disturb();
    if (!this.isNoticed(objects.of(base), true)) return undefined;
    const note = () => {
      if (!change && Array.isArray(self)) this.noteElements(self);
    };
    if (!canSuspend) {
      this.noteTouched(objects.of(base), change);
      note();
      return undefined;
    }
    return this.holdCall(objects.of(base), change, `${f.name}()`, () => {
      note();
      return Reflect.apply(f, self, args as never[]);
    });
  }

  /** The thread stands before something that is done to the object with this number. */
  private holdCall(
    object: number,
    isChange: boolean,
    name: string,
    act: () => unknown,
    parts?: readonly number[],
  ): unknown {
    const id = this.unnamedId();
    this.numberOf[id] = object;
    this.calls--;
    return this.perform(
      new KernelOperation(isChange ? 'store' : 'load', new ContentCall(id, name, act, parts)),
    );
  }

  /** A built-in looks at all elements of an array. */
  private noteElements(array: readonly unknown[]): void {
    const { objects } = this.names;
    const length = Math.min(array.length, MOST_ELEMENTS);
    for (let i = 0; i < length; i++) {
      const element = objects.of(this.addressIn(array, i));
      if (this.isNoticed(element, false)) this.noteTouched(element, false);
    }
  }

  /** See `Host.looks`. */
  looks(look: Look, value: object, key?: PropertyKey): unknown {
    const name = `look at the ${LOOKS[look]} of an object`;
    return this.stopsToLook(name, (view) => see(view, look, value, key)) ? SUSPENDED : undefined;
  }

  /** See `Host.deletes`. */
  deletes(target: object): void {
    if (this.isAlone || this.mayHaveProxies) return;
    const { contents, objects } = this.names;
    const base = this.addressIn(target);
    if (!contents.has(base)) return;
    const whole = objects.of(base);
    if (this.isNoticed(whole, true)) this.noteTouched(whole, true);
  }

  /** Does the thread have to stop in front of this look? */
  private stopsToLook(name: string, sight: (view: View) => void): boolean {
    const { canSuspend } = this.running.process.instance;
    if (canSuspend) this.calls++;
    if (this.isAlone || this.mayHaveProxies) return false;
    const marks = this.marksOf(sight);
    if (!canSuspend) for (const [number, isChange] of marks) this.noteTouched(number, isChange);
    if (!canSuspend || marks.size === 0) return false;
    const [main, isChange] = firstChange(marks);
    const act = () => {
      for (const [number, changes] of this.marksOf(sight))
        if (number !== main) this.noteTouched(number, changes);
    };
    this.holdCall(main, isChange, name, act, [...marks.keys()]);
    return true;
  }

  /** What a look touches of what threads share: numbers, and whether each is changed. */
  private marksOf(sight: (view: View) => void): Map<number, boolean> {
    const { objects } = this.names;
    const view = new View();
    sight(view);
    const marks = new Map<number, boolean>();
    for (const { target, key, isChange } of view.parts) {
      if (key === null) this.workOn(this.addressIn(target), Work.Looked);
      const number = objects.of(key === null ? this.addressIn(target) : this.addressIn(target, key));
      if (isChange) this.actor.spin.disturb();
      if (this.isNoticed(number, isChange)) marks.set(number, isChange || marks.get(number) === true);
    }
    return marks;
  }

  private addressIn(target: object, key?: PropertyKey): number {
    return this.running.process.instance.addressOf(target, key) + this.actor.record.offset;
  }

  /** A number for an object that gets its name elsewhere. */
  protected abstract unnamedId(): number;
}

function firstChange(marks: ReadonlyMap<number, boolean>): readonly [number, boolean] {
  for (const mark of marks) if (mark[1]) return mark;
  return [...marks][0] as [number, boolean];
}

const LOOKS: { readonly [look in Look]: string } = {
  text: 'text',
  keys: 'keys',
  values: 'properties',
  key: 'keys',
};
