import { Access, type Execution, type Operation } from './model.ts';

/** Numbers a typed array can hold before it has to grow. */
const INITIAL_EVENTS = 64;
const INITIAL_PROCESSES = 8;

/**
 * The events of the execution under way, with happens-before as vector clocks and the races that could be reversed.
 * Columns, because a search appends and takes back millions of them: `truncate` keeps the events that the next execution
 * shares with this one, so only the new ones are worked out.
 *
 * Each object's events form a chain from the latest to the earliest; taking an event back is relinking its chain.
 */
export class EventLog {
  length = 0;
  process = new Int32Array(INITIAL_EVENTS);
  /** How many events of the same process come before, plus one: an event's own entry in its clock. */
  sequence = new Int32Array(INITIAL_EVENTS);
  wrote = new Uint8Array(INITIAL_EVENTS);
  halts = new Uint8Array(INITIAL_EVENTS);
  readonly operation: Operation[] = [];
  readonly before: unknown[] = [];
  /** Event that made event i possible besides its process's last one, or -1. */
  cause = new Int32Array(INITIAL_EVENTS);
  /** Row i is the clock of event i. */
  clocks = new Int32Array(INITIAL_EVENTS * INITIAL_PROCESSES);
  stride = INITIAL_PROCESSES;
  /** Earlier events that event i races with: `races[raceStart[i]] … races[raceStart[i + 1] - 1]`. */
  raceStart = new Int32Array(INITIAL_EVENTS + 1);
  readonly races: number[] = [];
  /** Last event of each process, or -1. */
  lastOfProcess = new Int32Array(INITIAL_PROCESSES).fill(-1);
  private previousOfProcess = new Int32Array(INITIAL_EVENTS);
  /** Chains: link 2i is the event's `object`, 2i + 1 its `also`; each holds the link before it, or -1. */
  private previousLink = new Int32Array(INITIAL_EVENTS * 2);
  private lastLink = new Int32Array(64).fill(-1);
  private scratch = new Int32Array(INITIAL_PROCESSES);

  /** Forget event `length` and all later ones. */
  truncate(length: number): void {
    for (let event = this.length - 1; event >= length; event--) {
      const operation = this.operation[event] as Operation;
      if (operation.also >= 0) this.lastLink[operation.also] = this.previousLink[2 * event + 1] as number;
      if (operation.object >= 0) this.lastLink[operation.object] = this.previousLink[2 * event] as number;
      this.lastOfProcess[this.process[event] as number] = this.previousOfProcess[event] as number;
    }
    if (length < this.length) {
      this.length = length;
      this.races.length = this.raceStart[length] as number;
    }
  }

  /** Record the step that `execution` has just made; `cause` and `operation` as they were before it. */
  append(process: number, operation: Operation, cause: number, execution: Execution): void {
    const event = this.length;
    this.reserve(event, process, operation);
    this.process[event] = process;
    this.operation[event] = operation;
    this.cause[event] = cause;
    this.wrote[event] = execution.wrote ? 1 : 0;
    this.halts[event] = execution.halted ? 1 : 0;
    this.before[event] = execution.before;
    this.beginClock(event * this.stride, process, cause);
    const own = event * this.stride + process;
    this.sequence[event] = this.clocks[own] = (this.clocks[own] as number) + 1;
    this.findRaces(event * this.stride, operation, execution.wrote);
    this.link(event, operation, execution.wrote);
    if (execution.halted) this.findHaltRaces(event);
    this.previousOfProcess[event] = this.lastOfProcess[process] as number;
    this.lastOfProcess[process] = event;
    this.length = event + 1;
    this.raceStart[event + 1] = this.races.length;
  }

  /** Does event `a` happen before (or is it) event `b`? */
  happensBefore(a: number, b: number): boolean {
    return (
      (this.clocks[b * this.stride + (this.process[a] as number)] as number) >= (this.sequence[a] as number)
    );
  }

  /**
   * The events with which an operation that was never done (its process was blocked to the end) races.
   */
  pendingRaces(process: number, operation: Operation, cause: number): number[] {
    const event = this.length;
    this.reserve(event, process, operation);
    this.beginClock(event * this.stride, process, cause);
    const start = this.races.length;
    this.findRaces(event * this.stride, operation, operation.access >= Access.Write);
    return this.races.splice(start);
  }

  /** The clock of what must come before the process's next event, whatever the order on objects. */
  private beginClock(row: number, process: number, cause: number): void {
    const { clocks, stride } = this;
    const last = this.lastOfProcess[process] as number;
    if (last >= 0) clocks.copyWithin(row, last * stride, last * stride + stride);
    else clocks.fill(0, row, row + stride);
    if (cause >= 0) this.join(clocks, row, cause);
  }

  private join(target: Int32Array, row: number, event: number): void {
    const { clocks, stride } = this;
    const from = event * stride;
    for (let i = 0; i < stride; i++) {
      const value = clocks[from + i] as number;
      if (value > (target[row + i] as number)) target[row + i] = value;
    }
  }

  /** Walk the chains of the operation's objects for events that the one at `row` could be moved in front of. */
  private findRaces(row: number, operation: Operation, wrote: boolean): void {
    if (operation.object < 0 && operation.also < 0) return;
    const seen = this.scratch;
    for (let i = 0; i < this.stride; i++) seen[i] = this.clocks[row + i] as number;
    if (operation.object >= 0) {
      if (operation.blocks) this.racesOfBlocking(operation, seen);
      else this.racesOf(this.lastLink[operation.object] as number, wrote, seen);
    }
    if (operation.also >= 0) this.racesOf(this.lastLink[operation.also] as number, true, seen);
  }

  private isWrite(link: number): boolean {
    return (link & 1) === 1 || this.wrote[link >> 1] === 1;
  }

  /** Nearest conflicting events first; one that happens before a nearer one is no race. */
  private racesOf(from: number, wrote: boolean, seen: Int32Array): void {
    for (let link = from; link >= 0; link = this.previousLink[link] as number) {
      const write = this.isWrite(link);
      if (wrote || write) this.addRace(link >> 1, seen);
      if (write) return;
    }
  }

  /**
   * A blocking operation cannot be moved in front of the event that made it possible (an unlock), but perhaps in front of an earlier
   * one on the same object before which it was possible (the lock).
   */
  private racesOfBlocking(operation: Operation, seen: Int32Array): void {
    for (
      let link = this.lastLink[operation.object] as number;
      link >= 0;
      link = this.previousLink[link] as number
    ) {
      const event = link >> 1;
      if ((link & 1) === 0 && operation.possible(this.before[event])) {
        this.addRace(event, seen);
        if (this.isWrite(link)) return;
      }
    }
  }

  private addRace(event: number, seen: Int32Array): void {
    if ((seen[this.process[event] as number] as number) >= (this.sequence[event] as number)) return;
    this.races.push(event);
    this.join(seen, 0, event);
  }

  /** Enter the event in its chains and complete its clock. */
  private link(event: number, operation: Operation, wrote: boolean): void {
    if (operation.object >= 0) this.linkOne(2 * event, operation.object, wrote);
    if (operation.also >= 0) this.linkOne(2 * event + 1, operation.also, true);
  }

  private linkOne(link: number, object: number, wrote: boolean): void {
    const first = this.lastLink[object] as number;
    const row = (link >> 1) * this.stride;
    for (let other = first; other >= 0; other = this.previousLink[other] as number) {
      const write = this.isWrite(other);
      if (wrote || write) this.join(this.clocks, row, other >> 1);
      if (write) break;
    }
    this.previousLink[link] = first;
    this.lastLink[object] = link;
  }

  /** An event that ends everything could have come before any other that it does not need. */
  private findHaltRaces(event: number): void {
    const seen = this.scratch;
    const row = event * this.stride;
    for (let i = 0; i < this.stride; i++) seen[i] = this.clocks[row + i] as number;
    for (let other = event - 1; other >= 0; other--) this.addRace(other, seen);
    for (let other = event - 1; other >= 0; other--) this.join(this.clocks, row, other);
  }

  private reserve(event: number, process: number, operation: Operation): void {
    if (event + 1 >= this.process.length) this.growEvents();
    if (process >= this.stride) this.growProcesses(process);
    const object = operation.object > operation.also ? operation.object : operation.also;
    if (object >= this.lastLink.length)
      this.lastLink = grown(this.lastLink, Math.max(object + 1, 2 * this.lastLink.length), -1);
  }

  private growEvents(): void {
    const size = this.process.length * 2;
    this.process = grown(this.process, size, 0);
    this.sequence = grown(this.sequence, size, 0);
    this.cause = grown(this.cause, size, -1);
    this.raceStart = grown(this.raceStart, size + 1, 0);
    this.previousOfProcess = grown(this.previousOfProcess, size, -1);
    this.previousLink = grown(this.previousLink, size * 2, -1);
    this.clocks = grown(this.clocks, size * this.stride, 0);
    const wrote = new Uint8Array(size);
    wrote.set(this.wrote);
    this.wrote = wrote;
    const halts = new Uint8Array(size);
    halts.set(this.halts);
    this.halts = halts;
  }

  private growProcesses(process: number): void {
    const stride = Math.max(process + 1, this.stride * 2);
    const clocks = new Int32Array(this.process.length * stride);
    for (let event = 0; event < this.length; event++)
      clocks.set(this.clocks.subarray(event * this.stride, (event + 1) * this.stride), event * stride);
    this.clocks = clocks;
    this.lastOfProcess = grown(this.lastOfProcess, stride, -1);
    this.scratch = new Int32Array(stride);
    this.stride = stride;
  }
}

function grown(old: Int32Array, size: number, fill: number): Int32Array<ArrayBuffer> {
  const array = new Int32Array(size).fill(fill, old.length);
  array.set(old);
  return array;
}
