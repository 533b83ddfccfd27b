import type { Process } from '../kernel/process.ts';
import { type Host, LOOK, type Look, SUSPENDED } from '../language/index.ts';
import { type BuiltIn, CHUNK_BYTES, CONTENT_METHODS } from './contents.ts';
import type { ForkReplay } from './fork-replay.ts';
import { sightOf } from './looks.ts';
import type { ProcessKernel } from './process-kernel.ts';

/** Bytes of address space each thread allocates from: addresses must not depend on how threads interleave. */
export const ARENA_BYTES = 2 ** 32;
const HEAP_BASE = 0x2000_0000;

/** What a host has after its execution. */
const GONE = undefined as unknown as ProcessKernel;

/** The machine as compiled code sees it while its schedules are explored: it stops in front of every access. */
export class ExplorerHost implements Host {
  readonly fuel: Int32Array;
  readonly isToldAll = true;
  /** What is added to the addresses of the process, so that they are no other process's. */
  offset = 0;
  process!: Process;
  /** While the process is being brought to where its parent stood. */
  replay: ForkReplay | null = null;
  private stepper: ProcessKernel;
  private readonly tops: number[] = [];
  private readonly objects = new Map<number, object>();

  constructor(stepper: ProcessKernel) {
    this.stepper = stepper;
    this.fuel = stepper.fuel;
  }

  /**
   * The execution is over for good. JavaScript engines keep what was closed over by a function that has been called until they collect all garbage (V8 does, by the hidden class
   * of what it makes); the kernel must not be held by that, for then every execution outlives the quick collections.
   */
  release(): void {
    this.stepper = GONE;
    this.objects.clear();
  }

  touch(address: number, site: number): number {
    return this.replay ? this.replay.touch() : this.stepper.touch(address + this.offset, site);
  }

  loaded(value: unknown): unknown {
    return this.replay ? value : this.stepper.loaded(value);
  }

  stored(value: unknown, apply: (value: unknown) => void): unknown {
    if (!this.replay) return this.stepper.stored(value, apply);
    apply(value);
    return value;
  }

  charge(ticks: number): number {
    this.fuel[0] = (this.fuel[0] as number) - ticks;
    return this.fuel[0] as number;
  }

  refuel(): boolean {
    return this.stepper.refuel();
  }

  allocate(bytes: number): number {
    const arena = this.replay?.arena ?? this.stepper.runningProcess;
    const last = this.tops[arena] ?? HEAP_BASE + arena * ARENA_BYTES;
    const top = bytes >= CHUNK_BYTES ? Math.ceil(last / CHUNK_BYTES) * CHUNK_BYTES : last;
    this.tops[arena] = top + Math.ceil(bytes / 16) * 16;
    if (bytes > ARENA_BYTES / 2) throw new RangeError('Out of memory: the heap of the process is full');
    return top;
  }

  place(base: number, key: PropertyKey, bytes: number): number {
    const start = this.stepper.placeOf(base, key, bytes);
    if (typeof key !== 'number') this.places(start, bytes, base);
    return start;
  }

  keyAt(base: number, address: number): PropertyKey | undefined {
    return this.stepper.keyAt(base, address);
  }

  places(start: number, bytes: number, base: number): void {
    this.stepper.places(start + this.offset, bytes, base + this.offset);
  }

  calls(f: BuiltIn, self: unknown, args: readonly unknown[], goesByItself: boolean): unknown {
    return this.replay
      ? this.callAgain(f, self, args, goesByItself)
      : this.stepper.callsBuiltIn(f, self, args, goesByItself);
  }

  /** In a replay the thread stops in front of a built-in where its model did. */
  private callAgain(f: BuiltIn, self: unknown, args: readonly unknown[], goesByItself: boolean): unknown {
    if (!this.process.instance.canSuspend) return undefined;
    if (CONTENT_METHODS.has(f) && typeof self === 'object' && self !== null)
      return this.replay?.standBeforeCall(() => Reflect.apply(f, self, args as never[]));
    if (sightOf(f, self, args, goesByItself) === null) return undefined;
    return this.lookAgain() === SUSPENDED ? LOOK : undefined;
  }

  private lookAgain(): unknown {
    return this.replay?.standBeforeCall(() => undefined);
  }

  mayGrow(base: number): boolean {
    return this.stepper.mayGrow(base + this.offset);
  }

  looks(look: Look, value: object, key?: PropertyKey): unknown {
    if (!this.replay) return this.stepper.looks(look, value, key);
    return this.process.instance.canSuspend ? this.lookAgain() : undefined;
  }

  deletes(target: object): void {
    if (!this.replay) this.stepper.deletes(target);
  }

  located(base: number, target: object): void {
    this.objects.set(base, target);
  }

  /** The object that was given this address. */
  objectAt(base: number): object | undefined {
    return this.objects.get(base);
  }

  now(): number {
    if (this.replay) return this.replay.observe<number>();
    return this.stepper.nowNanoseconds();
  }

  random(): number {
    return (this.replay ?? this.stepper).random();
  }

  idleUntil(time: number): unknown {
    return this.replay ? this.replay.idle() : this.stepper.idleUntil(time);
  }

  wake(): void {
    if (!this.replay) this.stepper.wakeLoop(this.process);
  }

  othersLive(): boolean {
    return this.replay ? this.replay.observe<boolean>() : this.stepper.othersLive();
  }

  print(text: string): unknown {
    return this.replay ? this.replay.print() : this.stepper.print(this.stepper.running.process, text);
  }

  uncaught(error: unknown): void {
    this.stepper.fail(error);
  }
}
