import type { Agent } from './actor.ts';
import { NONE } from './model.ts';
import { ProgramOperation } from './program-operation.ts';

/** One store that its thread has made and memory has not seen. */
interface PendingStore {
  readonly object: number;
  readonly value: unknown;
  readonly operation: ProgramOperation;
  readonly causes: readonly number[];
  readonly apply: (value: unknown) => void;
}

/**
 * A thread's store buffer under total store order (Owens, Sarkar and Sewell, "A better x86 memory model: x86-TSO", 2009): stores leave it in order, some time after
 * they were made; the thread itself sees its own latest store at once. Emptying it is a process of its own, a step for each store.
 */
export class StoreBuffer implements Agent {
  readonly role = 'store';
  /** The explorer's number for the process that empties it. */
  readonly process: number;
  readonly owner: number;
  /** The last step that emptied a store, or -1. */
  lastFlush = -1;
  private readonly stores: PendingStore[] = [];

  constructor(process: number, owner: number) {
    this.process = process;
    this.owner = owner;
  }

  get operation(): ProgramOperation | null {
    return this.next?.operation ?? null;
  }

  get causes(): readonly number[] {
    return this.next?.causes ?? NONE;
  }

  get isEmpty(): boolean {
    return this.stores.length === 0;
  }

  /** The thread stores; `step` is the step it does so in. */
  push(object: number, site: number, step: number, value: unknown, apply: (value: unknown) => void): void {
    const operation = ProgramOperation.onMemory(object, true, site);
    this.stores.push({ object, value, operation, causes: step < 0 ? NONE : [step], apply });
  }

  /** What the thread itself sees: the value of its latest store to the variable, where one is still here. */
  find(object: number): { readonly value: unknown } | undefined {
    return this.stores.findLast((store) => store.object === object);
  }

  /** The store that leaves next. */
  get next(): PendingStore | undefined {
    return this.stores[0];
  }

  /** The next store reaches memory. Returns the variable. */
  flush(): number {
    const store = this.stores.shift() as PendingStore;
    store.apply(store.value);
    return store.object;
  }
}
