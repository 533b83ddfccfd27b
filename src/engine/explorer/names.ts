import type { ContentOwners } from './contents.ts';
import type { Few } from './few.ts';
import type { Habits } from './habits.ts';
import type { Numbering } from './numbering.ts';
import type { Places } from './places.ts';
import type { ProgramOperation } from './program-operation.ts';
import type { Sharing } from './sharing.ts';

/** Objects each thread can make, as far as their names go. */
const OBJECTS_A_THREAD = 2 ** 20;
/** Objects that a copy of a process makes while it catches up with its parent, for each thread of the parent. */
const COPIES_A_THREAD = 2 ** 12;
/** A thread's own objects end, and those that its process copied begin. */
const FIRST_COPY = OBJECTS_A_THREAD / 2;
/** Names an object has, one for each side of it that is independent of the others. */
const SIDES = 5;
/** Objects that processes find by name. */
const FIRST_NAMED = 2 ** 44;
/** Words of shared memory. */
const FIRST_WORD = 2 ** 47;
const WORDS_A_MEMORY = 2 ** 24;
/** Addresses of one process end, and those of the next begin. */
export const SPACE_BYTES = 2 ** 46;
/** Processes whose addresses have room. */
export const MOST_SPACES = 2 ** 7;

/** Sides of an object that can be used independently of each other. */
export const Side = {
  /** The object as such; of a pipe the reading end. */
  Main: 0,
  /** Where messages are put in. */
  Sending: 1,
  /** Whether anybody takes messages out: who sends asks, who closes changes it. */
  Openness: 2,
  /** Of a process: which of its children have ended. */
  Children: 3,
  /** Of a pipe: who could still put messages in. Matters to whoever looks at it without reading. */
  Ending: 4,
} as const;

/** One of `Side`. */
export type Side = (typeof Side)[keyof typeof Side];

// Names of kernel objects are below zero, so that they are no addresses. They say who made the object, not when, so that they do not depend on the schedule.

/** Name of the `nth` object that the thread with this number makes; the 0th is its process as a whole. */
export function objectName(maker: number, nth: number): number {
  return -((maker + 1) * OBJECTS_A_THREAD + nth) * SIDES;
}

/** Name of the `nth` object that a copied process made anew, in its thread with this index, while it caught up. */
export function copyName(maker: number, thread: number, nth: number): number {
  return objectName(maker, FIRST_COPY + thread * COPIES_A_THREAD + nth);
}

/** Name of an object that processes find by name. */
export function sharedName(nth: number): number {
  return -(FIRST_NAMED + nth) * SIDES;
}

/** Name of a side of the object with this name. */
export function sideName(name: number, side: Side): number {
  return name - side;
}

/** Name of a word of the shared memory with this number. */
export function wordName(memory: number, index: number): number {
  return -(FIRST_WORD + memory * WORDS_A_MEMORY + index) * SIDES;
}

/** What stays the same from one execution of a program to the next: numbers, and what its sites do. */
export interface Names {
  readonly processes: Numbering;
  readonly objects: Numbering;
  /** Address spaces, by the number of the process's first thread. */
  readonly spaces: Numbering;
  /** Objects that processes find by name. */
  readonly shared: Map<string, number>;
  readonly habits: Habits;
  /** By site: 1 where it is a store. */
  readonly stores: Uint8Array;
  /** Which variables only one process touches; null where every access counts as one that others could notice. */
  readonly sharing: Sharing | null;
  /** Stores go through store buffers. */
  readonly isTso: boolean;
  /** Waits on a condition may end without a signal. */
  readonly wakesSpuriously: boolean;
  /** By site: the spin loop it is in, or -1. */
  readonly loops: Int32Array;
  readonly contents: ContentOwners;
  readonly places: Places;
  /** By site: the loads or stores that it has been, by variable. */
  readonly accesses: (Few<ProgramOperation> | undefined)[];
}
