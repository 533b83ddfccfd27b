import type { Host } from '../language/index.ts';
import { type BuiltIn, CHUNK_BYTES } from './contents.ts';
import type { Stepper } from './stepper.ts';

/** Bytes of address space each thread allocates from: addresses must not depend on how threads interleave. */
const ARENA_BYTES = 2 ** 32;
const HEAP_BASE = 0x2000_0000;

/** The machine as compiled code sees it while its schedules are explored: it stops in front of every access. */
export class ExplorerHost implements Host {
  readonly fuel: Int32Array;
  readonly isToldAll = true;
  private readonly stepper: Stepper;
  private readonly tops: number[] = [];

  constructor(stepper: Stepper) {
    this.stepper = stepper;
    this.fuel = stepper.fuel;
  }

  touch(address: number, site: number): number {
    return this.stepper.touch(address, site);
  }

  loaded(value: unknown): unknown {
    return this.stepper.loaded(value);
  }

  stored(value: unknown, apply: (value: unknown) => void): unknown {
    return this.stepper.stored(value, apply);
  }

  charge(ticks: number): number {
    this.fuel[0] = (this.fuel[0] as number) - ticks;
    return this.fuel[0] as number;
  }

  refuel(): boolean {
    return this.stepper.refuel();
  }

  allocate(bytes: number): number {
    const arena = this.stepper.runningProcess;
    const last = this.tops[arena] ?? HEAP_BASE + arena * ARENA_BYTES;
    const top = bytes >= CHUNK_BYTES ? Math.ceil(last / CHUNK_BYTES) * CHUNK_BYTES : last;
    this.tops[arena] = top + Math.ceil(bytes / 16) * 16;
    if (bytes > ARENA_BYTES / 2) throw new RangeError('Out of memory: the heap of the process is full');
    return top;
  }

  places(start: number, bytes: number, base: number): void {
    this.stepper.places(start, bytes, base);
  }

  calls(f: BuiltIn, self: unknown, args: readonly unknown[]): unknown {
    return this.stepper.calls(f, self, args);
  }

  now(): number {
    return this.stepper.nowNanoseconds();
  }

  random(): number {
    return this.stepper.random();
  }

  idleUntil(time: number): unknown {
    return this.stepper.idleUntil(time);
  }

  wake(): void {
    this.stepper.wakeLoop();
  }

  print(text: string): unknown {
    return this.stepper.print(this.stepper.running.process, text);
  }

  uncaught(error: unknown): void {
    this.stepper.fail(error);
  }
}
