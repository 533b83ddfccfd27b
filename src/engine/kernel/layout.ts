import { DATA_BASE, STACK_BYTES, STACK_TOP, TEXT_BASE } from '../language/addresses.ts';
import { type AddressSpace, PAGE_BYTES } from '../machine/memory/index.ts';

/** Where a process's heap begins and ends. */
export const HEAP_BASE = 0x2000_0000;
export const HEAP_END = 0x6000_0000;
/** Where `mmap` and shared memory go. */
export const MMAP_BASE = 0x6000_0000;
const MMAP_END = 0x7000_0000;
/** Bytes that all mappings of a process together can take. */
export const MMAP_BYTES = MMAP_END - MMAP_BASE;
const TEXT_BYTES = 0x10_0000;
/** Stacks of further threads, one after the other. */
const STACKS_BASE = 0x8000_0000;
const STACK_SPACING = 0x1_0000;
/** Bytes at the top of a stack for what the kernel puts there: arguments, environment. */
const STACK_ROOM = 256;
/** Stacks beyond this many are not drawn on the map of the address space. */
const MOST_STACKS = 256;

/** The segments of a fresh process: text, data, heap, stack, with a guard page below the stack. Page 0 is never mapped. */
export function mapSegments(space: AddressSpace): void {
  space.map({ name: 'text', start: TEXT_BASE, bytes: TEXT_BYTES, writable: false });
  space.map({ name: 'data', start: DATA_BASE, bytes: HEAP_BASE - DATA_BASE });
  space.map({ name: 'heap', start: HEAP_BASE, bytes: HEAP_END - HEAP_BASE });
  mapStack(space, 'stack', STACK_TOP - STACK_BYTES, STACK_BYTES);
}

/** The stack of one more thread. */
export function mapThreadStack(space: AddressSpace, index: number): void {
  if (index > MOST_STACKS) return;
  mapStack(space, `stack ${index + 1}`, STACKS_BASE + index * 2 * STACK_SPACING, STACK_SPACING);
}

/** The highest place for local variables on the stack of a process's `index`-th thread (0: its first). */
export function stackTopOf(index: number): number {
  if (index === 0 || index > MOST_STACKS) return STACK_TOP - STACK_ROOM;
  return STACKS_BASE + index * 2 * STACK_SPACING + STACK_SPACING - STACK_ROOM;
}

function mapStack(space: AddressSpace, name: string, start: number, bytes: number): void {
  space.map({ name: 'guard', start: start - PAGE_BYTES, bytes: PAGE_BYTES, guard: true });
  space.map({ name, start, bytes });
  space.fault(start + bytes - PAGE_BYTES, true);
}

/** The first address of a mapping of `bytes` after those up to `top`; the caller takes what is left to be a guard. Negative where there is no room. */
export function placeMapping(top: number, bytes: number): number {
  const end = top + Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES + PAGE_BYTES;
  return end <= MMAP_END ? top : -1;
}
