import type { Host } from '../language/index.ts';
import { TICKS } from '../machine/costs.ts';
import { Operation } from './operation.ts';
import type { Process } from './process.ts';
import type { System } from './system.ts';

/** Where a process's heap begins and ends. */
export const HEAP_BASE = 0x2000_0000;
export const HEAP_END = 0x6000_0000;

/** The machine as one process's compiled code sees it. */
export class ProcessHost implements Host {
  readonly fuel: Int32Array;
  private readonly system: System;
  private readonly process: Process;
  private readonly access: number;
  private heapTop = HEAP_BASE;

  constructor(system: System, process: Process) {
    this.system = system;
    this.process = process;
    this.fuel = system.fuel;
    this.access = system.costs.free ? TICKS : system.costs.access;
  }

  touch(_address: number, _site: number): number {
    this.fuel[0] = (this.fuel[0] as number) - this.access;
    return this.fuel[0] as number;
  }

  charge(ticks: number): number {
    this.fuel[0] = (this.fuel[0] as number) - ticks;
    return this.fuel[0] as number;
  }

  refuel(): boolean {
    return this.system.refuel();
  }

  allocate(bytes: number): number {
    const address = this.heapTop;
    this.heapTop += Math.ceil(bytes / 16) * 16;
    if (this.heapTop > HEAP_END) throw new RangeError('Out of memory: the heap of the process is full');
    return address;
  }

  now(): number {
    return this.system.now() / TICKS;
  }

  random(): number {
    return this.system.random();
  }

  idleUntil(time: number): unknown {
    const idle = new Operation('idle', this.system.timers);
    idle.deadline = time * TICKS;
    return this.system.perform(idle);
  }

  print(text: string): void {
    this.system.print(this.process, text);
  }

  uncaught(error: unknown): void {
    this.system.uncaught(this.process, error);
  }
}
