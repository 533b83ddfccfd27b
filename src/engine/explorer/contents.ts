import type { KernelObject, Operation } from '../kernel/operation.ts';
import type { Thread } from '../kernel/thread.ts';

/** Bytes of an object's first chunk, to which it is aligned; what elements are in is mapped by pages of this size. */
export const CHUNK_BYTES = 64;
/** Pages of an object's elements whose owner is remembered. */
const MOST_PAGES = 64;

const writes = (methods: object, ...names: string[]) =>
  names.map((name) => [Reflect.get(methods, name), true] as const);
const reads = (methods: object, ...names: string[]) =>
  names.map((name) => [Reflect.get(methods, name), false] as const);

/** A built-in function. */
export type BuiltIn = (...args: never[]) => unknown;

/** Built-in methods that work on the contents of their object as one step; true where they change them. */
export const CONTENT_METHODS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  ...writes(
    Array.prototype,
    'push',
    'pop',
    'shift',
    'unshift',
    'splice',
    'reverse',
    'fill',
    'copyWithin',
    'sort',
  ),
  ...reads(
    Array.prototype,
    'slice',
    'includes',
    'indexOf',
    'lastIndexOf',
    'join',
    'at',
    'toSorted',
    'toReversed',
    'toSpliced',
    'with',
    'toString',
  ),
  ...writes(Map.prototype, 'set', 'delete', 'clear'),
  ...reads(Map.prototype, 'get', 'has'),
  ...writes(Set.prototype, 'add', 'delete', 'clear'),
  ...reads(Set.prototype, 'has'),
]);

/** What is done to the contents of an object as a whole; more includes less. */
export const Work = {
  /** Somebody looks which properties or elements there are. */
  Looked: 1,
  /** A built-in reads them. */
  Read: 2,
  /** A built-in changes them, or somebody stores to `length`. */
  Changed: 3,
} as const;

/** One of `Work`. */
export type Work = (typeof Work)[keyof typeof Work];

/**
 * Objects whose contents some built-in method works on. To it, an access to an element or to `length` is a look at the contents as well; so a `push` and a load
 * of an element depend on each other, and two stores to different elements do not, unless built-ins change the contents.
 */
export class ContentOwners {
  private readonly bases = new Map<number, Work>();
  private readonly pages = new Map<number, number>();

  /** The contents of the object at this address are worked on. True where that is news. */
  add(base: number, work: Work): boolean {
    if ((this.bases.get(base) ?? 0) >= work) return false;
    this.bases.set(base, work);
    return true;
  }

  /** Is a store to an element a change of the contents as a whole? It may lie behind the end, which others move. */
  changes(base: number): boolean {
    return this.bases.get(base) === Work.Changed;
  }

  /** Does some built-in read or change the contents, or does somebody only look which there are? */
  isRead(base: number): boolean {
    return (this.bases.get(base) ?? 0) >= Work.Read;
  }

  /** Does some built-in work on the contents of the object at this address? */
  has(base: number): boolean {
    return this.bases.has(base);
  }

  /** The elements of the object at `base` lie from `start` on. */
  place(start: number, bytes: number, base: number): void {
    const pages = Math.min(MOST_PAGES, Math.ceil(bytes / CHUNK_BYTES));
    for (let page = 0; page < pages; page++) this.pages.set(Math.floor(start / CHUNK_BYTES) + page, base);
  }

  /** The object that an address belongs to, if built-ins work on its contents; else -1. */
  baseOf(address: number): number {
    if (this.bases.size === 0) return -1;
    const page = Math.floor(address / CHUNK_BYTES);
    const base = this.pages.get(page) ?? page * CHUNK_BYTES;
    return this.bases.has(base) ? base : -1;
  }
}

/** A call of a built-in method, to be done when its turn comes. */
export class ContentCall implements KernelObject {
  readonly kind = 'contents';
  readonly name: string;
  readonly id: number;
  readonly queues = [];
  /** What a look comes to see: numbers of objects and properties; empty where it is the call itself. */
  readonly parts: readonly number[];
  private readonly call: () => unknown;

  constructor(id: number, name: string, call: () => unknown, parts: readonly number[] = []) {
    this.id = id;
    this.name = name;
    this.call = call;
    this.parts = parts;
  }
  enabled(): boolean {
    return true;
  }
  execute(): unknown {
    return this.call();
  }
  writes({ kind }: Operation): boolean {
    return kind === 'store';
  }
  queueOf(): never {
    throw new Error('A call of a built-in never waits.');
  }
  holders(): readonly Thread[] {
    return [];
  }
}
