/** Main memory, page tables, TLBs and caches. */
export { AddressSpace, type FaultOutcome, hex, type PageTableEntry, type Segment } from './address-space.ts';
export { Cache } from './cache.ts';
export { Coherence } from './coherence.ts';
export { Frames, PAGE_BYTES, PAGE_SHIFT } from './frames.ts';
export { HitTable, type HitTablePlaces } from './hit-table.ts';
export { Mmu, type TlbDescription } from './mmu.ts';
