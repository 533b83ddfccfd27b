import type { Library } from '../kernel/kernel.ts';
import { type KernelObject, Operation as KernelOperation } from '../kernel/operation.ts';
import type { Process } from '../kernel/process.ts';
import type { Program } from '../language/index.ts';
import { TICKS } from '../machine/costs.ts';
import { Random } from '../machine/random.ts';
import { LookKernel } from './look-kernel.ts';
import type { Names } from './names.ts';
import type { ProcessRecord } from './process-record.ts';
import { Stdout } from './stdout.ts';

/** Chances of different threads are this far apart. */
const SEEDS_A_THREAD = 2 ** 12;

/**
 * What surrounds a thread in the explorer's kernel: time and chance, which are each thread's own, for they must not depend on the schedule; the output;
 * and event loops with nothing to do.
 */
export abstract class ClockKernel extends LookKernel {
  readonly output: string[] = [];
  protected readonly seed: number;
  protected readonly stdout: KernelObject;

  constructor(program: Program, library: Library, names: Names, seed: number) {
    super(program, library, names);
    this.seed = seed;
    this.stdout = new Stdout(this.newId());
  }

  protected abstract record(process: Process): ProcessRecord;

  now(): number {
    return this.actor?.clock ?? 0;
  }

  /** Nanoseconds. */
  nowNanoseconds(): number {
    return this.observe(this.now() / TICKS);
  }

  spend(): void {}

  copy(): void {}

  compute(ticks: number): unknown {
    return this.elapse(ticks);
  }

  protected elapse(ticks: number): undefined {
    this.actor.clock += Math.max(0, ticks);
    return undefined;
  }

  random(): number {
    this.actor.chance ??= new Random(this.seed * SEEDS_A_THREAD + this.actor.process);
    return this.observe(this.actor.chance.next());
  }

  print(_process: Process, text: string): unknown {
    return this.perform(new KernelOperation('print', this.stdout, [this.output, text]));
  }

  /** See `Host.idleUntil`: whether a timer comes first or what another thread posts is up to the schedule. */
  idleUntil(time: number): unknown {
    const { loop } = this.actor.record;
    if (time === Number.POSITIVE_INFINITY) return this.perform(new KernelOperation('pause', loop));
    const rest = time * TICKS - this.now();
    if (!this.isAlone || this.actor.record.isFed)
      return this.perform(new KernelOperation('idle', loop, () => this.elapse(rest)));
    this.calls++;
    return this.elapse(rest);
  }

  /** See `Host.othersLive`. */
  othersLive(): boolean {
    const { loop, process } = this.actor.record;
    if (!this.isAlone) this.noteTouched(this.numberOf[loop.id] as number, false);
    return this.observe(process.live > 1);
  }

  /** The event loop of a process has something to do again. */
  override wakeLoop(process: Process): void {
    const { loop, actors, isFed } = this.record(process);
    if (isFed || !this.isAlone) this.noteTouched(this.numberOf[loop.id] as number, true);
    for (const { kernelOperation } of actors)
      if (kernelOperation?.object === loop) kernelOperation.outcome = 'signalled';
  }
}
