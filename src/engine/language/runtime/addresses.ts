/**
 * Virtual addresses of objects, their properties and elements. An object gets a record, in a private field, when
 * it is first accessed; a property gets the object's next slot when it is first accessed; from then on
 * (object, key) and address stand for each other exactly. Element `i` of an array lies in chunks that double in
 * size, so addresses stay when the array grows; a view on a buffer shares the buffer's addresses.
 */

import { FUNCTION_BYTES, TEXT_BASE } from '../addresses.ts';
import type { Host } from '../host.ts';
import { codeOf, nativeOf } from './forms.ts';
import { Identity } from './identity.ts';
import { Recent } from './recent.ts';

/** Slots in an object's first chunk, after its header word. */
const SLOTS = 7;
const WORD = 8;
/** Elements in a page of a chunk that is mostly empty, and the mark of such a chunk. */
const PAGE_ELEMENTS = 64;
const SPARSE = -1;
/** Chunks an array can have: together they hold 2³² elements. */
const CHUNKS = 30;

/** Beyond so many named slots an object has a layout of its own (it is used as a dictionary). */
const SHARED_SLOTS = 32;

/** The order in which an object's properties were first accessed: shared by objects that agree on it. */
export class Layout {
  readonly slots: Map<PropertyKey, number>;
  private readonly shared: boolean;
  private readonly next = new Map<PropertyKey, Layout>();
  constructor(slots: Map<PropertyKey, number>, shared: boolean) {
    this.slots = slots;
    this.shared = shared;
  }
  with(key: PropertyKey): Layout {
    const size = this.slots.size;
    if (!this.shared) {
      this.slots.set(key, size);
      return this;
    }
    let layout = this.next.get(key);
    if (layout === undefined) {
      // Copied without iterating an array, which the reader may have changed.
      const slots = new Map<PropertyKey, number>();
      this.slots.forEach((slot, name) => slots.set(name, slot));
      slots.set(key, size);
      layout = new Layout(slots, size < SHARED_SLOTS);
      if (size < SHARED_SLOTS) this.next.set(key, layout);
    }
    return layout;
  }
}

/** Where one site found its property last time: valid for objects of the same layout. */
export class KeyCache {
  layout: Layout | null = null;
  offset = 0;
}

/** Beyond the end of any range. */
const NONE = -4096;

/** Several properties of one object, as one function accesses them: where they lie in objects of one layout, from and to the offsets of words. */
export class KeyGroup {
  layout: Layout | null = null;
  loadsFrom = 0;
  loadsTo = NONE;
  storesFrom = 0;
  storesTo = NONE;
  readonly loads: readonly string[];
  readonly stores: readonly string[];
  constructor(loads: readonly string[], stores: readonly string[]) {
    this.loads = loads;
    this.stores = stores;
  }

  /** Take over a layout that has all the properties close by. */
  learn(layout: Layout): void {
    const places = (keys: readonly string[]) =>
      keys.map((key) => ((layout.slots.get(key) ?? SLOTS) + 1) * WORD);
    const loads = places(this.loads);
    const stores = places(this.stores);
    if (Math.max(...loads, ...stores) > SLOTS * WORD) return;
    this.layout = layout;
    if (loads.length > 0) this.loadsFrom = Math.min(...loads);
    if (loads.length > 0) this.loadsTo = Math.max(...loads);
    if (stores.length > 0) this.storesFrom = Math.min(...stores);
    if (stores.length > 0) this.storesTo = Math.max(...stores);
  }
}

/** What an object's private field holds. */
export class ObjectRecord {
  readonly owner: Addresses;
  readonly base: number;
  layout: Layout;
  /** Further chunks of named slots. */
  more: number[] | null = null;
  /** Chunks of elements; chunk k holds 8 << k of them. */
  elements: number[] | null = null;
  /** Pages of elements of the chunks that are mostly empty. */
  pages: Map<number, number> | null = null;
  /** Bytes of a view's element, 0 where the object is none; then `base` is where the view starts. */
  readonly stride: number;
  /** Elements that a view has for good: an index behind them is looked at again at each access. */
  readonly count: number;
  constructor(owner: Addresses, base: number, layout: Layout, stride: number, count = 0) {
    this.owner = owner;
    this.base = base;
    this.layout = layout;
    this.stride = stride;
    this.count = count;
  }
}

class Located extends Identity {
  #record: ObjectRecord;
  private constructor(target: object, record: ObjectRecord) {
    super(target);
    this.#record = record;
  }
  static get(target: object): ObjectRecord | undefined {
    return #record in target ? (target as Located).#record : undefined;
  }
  static put(target: object, record: ObjectRecord): void {
    new Located(target, record);
  }
}

/** Where records are kept: a private field, whose class a program's own code declares for speed. */
export interface Marks {
  get(target: object): ObjectRecord | undefined;
  put(target: object, record: ObjectRecord): void;
}

/** Root of all layouts: a tree of immutable facts, the same whoever asks. */
const EMPTY_LAYOUT = new Layout(new Map(), true);

/** The record of objects that are nobody's. */
export const NOWHERE: ObjectRecord = new ObjectRecord(null as never, 0, EMPTY_LAYOUT, 0);

/** The addresses of one process. */
export class Addresses {
  private readonly host: Host;
  private readonly marks: Marks;
  /** Records of objects that belong to no process (built-ins of the realm). */
  private foreign: WeakMap<object, ObjectRecord> | null = null;

  constructor(host: Host, marks: Marks = Located) {
    this.host = host;
    this.marks = marks;
  }

  /** Charge an access: 0, or the address where the thread has to stop in front of it. Nothing is charged at 0. */
  touch(address: number, site: number): number {
    return address !== 0 && this.host.touch(address, site) < 0 ? address : 0;
  }

  /** Whether an access would be no page fault. */
  reaches(address: number, isStore: boolean): boolean {
    return address === 0 || this.host.reaches?.(address, isStore) === true;
  }

  /** An object is not of the layout that a group of its properties was last found in: learn it for the next time. Always false. */
  learn(group: KeyGroup, { owner, layout, stride }: ObjectRecord): boolean {
    if (owner === this && layout !== group.layout && stride === 0) group.learn(layout);
    return false;
  }

  /** Find a named property and charge an access to it; as {@link touch}. */
  touchKey(target: unknown, key: PropertyKey, cache: KeyCache, site: number): number {
    return this.touch(this.key(target, key, cache), site);
  }

  /** Find `target[key]` and charge an access to it; as {@link touch}. */
  touchElement(target: unknown, key: unknown, site: number): number {
    return this.touch(this.element(target, key), site);
  }

  /** Address of a named property; 0 where the value is no object. */
  key(target: unknown, key: PropertyKey, cache: KeyCache): number {
    if ((typeof target !== 'object' && typeof target !== 'function') || target === null) return 0;
    const record = this.record(target);
    if (record.layout === cache.layout) return record.base + cache.offset;
    return this.miss(record, key, cache);
  }

  /** Address of `target[key]` for any key; 0 where the value is no object, or a view that has no such element. */
  element(target: unknown, key: unknown): number {
    if ((typeof target !== 'object' && typeof target !== 'function') || target === null) return 0;
    const record = this.record(target);
    if (typeof key === 'number' && key >= 0 && key < 0xffff_ffff && Math.floor(key) === key) {
      if (record.stride !== 0)
        return key < elementsOf(target, record) ? record.base + key * record.stride : 0;
      const chunk = 28 - Math.clz32(key + 8);
      const base = record.elements === null ? 0 : (record.elements[chunk] as number);
      // The bit operation tells the engine below that this is a small integer, and so the address, however the key came about.
      if (base > 0) return base + ((key + 8 - (8 << chunk)) | 0) * WORD;
      return this.newElement(target, record, chunk, key);
    }
    if (typeof key === 'symbol') return this.slot(record, key);
    if (typeof key === 'object' && key !== null) return record.base;
    const name = String(key);
    const index = Number(name);
    if (String(index >>> 0) === name && index >>> 0 !== 0xffff_ffff) return this.element(target, index >>> 0);
    return this.slot(record, name);
  }

  /**
   * An object has just been made. Where the host has a place for each property, the object gets its address now, not when a thread first comes to it: that may be another one in
   * another schedule. Returns the value.
   */
  born<T>(value: T): T {
    if (this.host.place !== undefined && isObject(value)) this.record(value);
    return value;
  }

  /** The same of what a built-in has answered, and of the arrays and plain objects that it has made in it. */
  bornWhole<T>(value: T): T {
    if (this.host.place !== undefined) this.bear(value);
    return value;
  }

  private bear(value: unknown): void {
    if (typeof value !== 'object' || value === null || this.marks.get(value) !== undefined) return;
    this.record(value);
    if (isPlain(value)) for (const key of Object.keys(value)) this.bear((value as Dictionary)[key]);
  }

  /** Where the end of an array is written down, if the host says that others may move it; else 0. */
  end(target: unknown[] | null): number {
    if (target === null || (target.length === 0 && Object.isFrozen(target))) return 0;
    const { host } = this;
    if (host.place === undefined || host.mayGrow?.(this.record(target).base) !== true) return 0;
    return this.slot(this.record(target), 'length');
  }

  /** Where the size of a map or set is written down, if the host says that others may change it; else 0. */
  size(target: object): number {
    const { host } = this;
    if (host.place === undefined || host.mayGrow?.(this.record(target).base) !== true) return 0;
    return this.slot(this.record(target), 'size');
  }

  /** Address of an object itself (its header word); 0 for a primitive value. */
  ofObject(target: unknown): number {
    if ((typeof target !== 'object' && typeof target !== 'function') || target === null) return 0;
    const code = (codeOf(target) ?? nativeOf(target)?.code) as { readonly index: number } | undefined;
    if (code !== undefined) return TEXT_BASE + code.index * FUNCTION_BYTES;
    return this.record(target).base;
  }

  /** The property of an object that lies at an address, where one does. Takes time in proportion to the size of the object's record. */
  keyAt(target: object, address: number): PropertyKey | undefined {
    const { base, stride, layout, more, elements, pages } = this.record(target);
    if (stride !== 0) return keyOfView(target, address - base, stride);
    if (this.host.keyAt !== undefined) return this.host.keyAt(base, address);
    const offset = address - base;
    if (offset > 0 && offset <= SLOTS * WORD) return keyOfSlot(layout, offset / WORD - 1);
    const extra = more?.findIndex((start) => within(address, start, 8 * WORD)) ?? -1;
    if (extra >= 0)
      return keyOfSlot(layout, SLOTS + extra * 8 + (address - ((more as number[])[extra] as number)) / WORD);
    const chunk = elements?.findIndex((at, k) => at > 0 && within(address, at, (8 << k) * WORD)) ?? -1;
    if (chunk >= 0) return (8 << chunk) - 8 + (address - ((elements as number[])[chunk] as number)) / WORD;
    for (const [page, start] of pages ?? [])
      if (within(address, start, PAGE_ELEMENTS * WORD))
        return page * PAGE_ELEMENTS + (address - start) / WORD;
    return undefined;
  }

  private readonly recent = new Recent<ObjectRecord>();

  private record(target: object): ObjectRecord {
    return this.recent.find(target) ?? this.recent.learn(target, this.lookUp(target));
  }

  private lookUp(target: object): ObjectRecord {
    const found = this.marks.get(target);
    if (found === undefined) {
      const record = this.create(target);
      this.marks.put(target, record);
      return record;
    }
    if (found.owner === this) return found;
    this.foreign ??= new WeakMap();
    let own = this.foreign.get(target);
    if (own === undefined) {
      own = this.create(target);
      this.foreign.set(target, own);
    }
    return own;
  }

  private create(target: object): ObjectRecord {
    if (ArrayBuffer.isView(target)) {
      const view = target as ArrayBufferView & { BYTES_PER_ELEMENT?: number };
      const base = this.record(view.buffer).base + view.byteOffset;
      const { BYTES_PER_ELEMENT: stride = 1 } = view;
      return new ObjectRecord(this, base, EMPTY_LAYOUT, stride, isFixed(view) ? view.byteLength / stride : 0);
    }
    const bytes = target instanceof ArrayBuffer ? Math.max(WORD, target.byteLength) : (1 + SLOTS) * WORD;
    const base = this.host.allocate(bytes);
    this.host.located?.(base, target);
    return new ObjectRecord(this, base, EMPTY_LAYOUT, 0);
  }

  private miss(record: ObjectRecord, key: PropertyKey, cache: KeyCache): number {
    const address = this.slot(record, key);
    const offset = address - record.base;
    if (this.host.place === undefined && record.stride === 0 && offset > 0 && offset <= SLOTS * WORD) {
      cache.layout = record.layout;
      cache.offset = offset;
    }
    return address;
  }

  private slot(record: ObjectRecord, key: PropertyKey): number {
    const place = this.host.place?.(record.base, key, WORD);
    if (place !== undefined) return place;
    let slot = record.layout.slots.get(key);
    if (slot === undefined) {
      slot = record.layout.slots.size;
      record.layout = record.layout.with(key);
    }
    if (slot < SLOTS && record.stride === 0) return record.base + (slot + 1) * WORD;
    const index = record.stride === 0 ? slot - SLOTS : slot;
    const chunk = index >> 3;
    record.more ??= [];
    while (record.more.length <= chunk) record.more.push(this.host.allocate(8 * WORD));
    return (record.more[chunk] as number) + (index & 7) * WORD;
  }

  /** First access in a chunk. One that would be mostly empty is made of pages instead, for good. */
  private newElement(target: object, record: ObjectRecord, chunk: number, index: number): number {
    record.elements ??= new Array(CHUNKS).fill(0) as number[];
    const length = Array.isArray(target) ? target.length : 0;
    if (record.elements[chunk] === SPARSE || (chunk > 6 && length < 4 << chunk)) {
      record.elements[chunk] = SPARSE;
      return this.sparseElement(record, index);
    }
    const bytes = (8 << chunk) * WORD;
    const base = this.host.place?.(record.base, -1 - chunk, bytes) ?? this.host.allocate(bytes);
    this.host.places?.(base, bytes, record.base);
    record.elements[chunk] = base;
    return base + ((index + 8 - (8 << chunk)) | 0) * WORD;
  }

  private sparseElement(record: ObjectRecord, index: number): number {
    record.pages ??= new Map();
    const page = Math.floor(index / PAGE_ELEMENTS);
    let base = record.pages.get(page);
    if (base === undefined) {
      const bytes = PAGE_ELEMENTS * WORD;
      base = this.host.place?.(record.base, -1 - CHUNKS - page, bytes) ?? this.host.allocate(bytes);
      record.pages.set(page, base);
    }
    return base + (index % PAGE_ELEMENTS) * WORD;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

type Dictionary = { readonly [key: string]: unknown };

/** An array, or an object that nobody's code is run for by looking into it. */
function isPlain(value: object): boolean {
  if (Array.isArray(value)) return true;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function within(address: number, start: number, bytes: number): boolean {
  return address >= start && address < start + bytes;
}

function keyOfSlot({ slots }: Layout, slot: number): PropertyKey | undefined {
  let found: PropertyKey | undefined;
  slots.forEach((at, key) => {
    if (at === slot) found = key;
  });
  return found;
}

/** Whether a view can neither grow nor shrink. */
function isFixed({ buffer }: ArrayBufferView): boolean {
  const { resizable = false, growable = false } = buffer as { resizable?: boolean; growable?: boolean };
  return !resizable && !growable;
}

/** How many elements a view has now. */
function elementsOf(view: object, { stride }: ObjectRecord): number {
  return (view as ArrayBufferView).byteLength / stride;
}

/** Only elements of a whole word can be told from their address. */
function keyOfView(target: object, offset: number, stride: number): number | undefined {
  const { length = 0 } = target as { length?: number };
  const isElement = stride === WORD && offset >= 0 && offset < length * WORD;
  return isElement ? offset / WORD : undefined;
}
