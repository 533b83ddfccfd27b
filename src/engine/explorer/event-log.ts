import { Access, type Execution, NONE, type Operation } from './model.ts';

/** Numbers a typed array can hold before it has to grow. */
const INITIAL_EVENTS = 64;
const INITIAL_PROCESSES = 4;
const INITIAL_OBJECTS = 64;

/**
 * The events of the execution under way, with happens-before as vector clocks and the races that could be reversed.
 * Columns, because a search appends and takes back millions of them: `truncate` keeps the events that the next execution
 * shares with this one, so only the new ones are worked out.
 *
 * Each object's accesses form a chain from the latest to the earliest; taking an event back is relinking its chains.
 */
export class EventLog {
  length = 0;
  process = new Int32Array(INITIAL_EVENTS);
  /** How many events of the same process come before, plus one: an event's own entry in its clock. */
  sequence = new Int32Array(INITIAL_EVENTS);
  wrote = new Uint8Array(INITIAL_EVENTS);
  /** Its operation is a plain access. */
  plain = new Uint8Array(INITIAL_EVENTS);
  halts = new Uint8Array(INITIAL_EVENTS);
  readonly operation: Operation[] = [];
  readonly before: unknown[] = [];
  readonly beforeAlso: unknown[] = [];
  readonly touched: (readonly number[])[] = [];
  /** Events that made event i possible besides its process's last one. */
  readonly causes: (readonly number[])[] = [];
  /** Row i is the clock of event i. */
  clocks = new Int32Array(INITIAL_EVENTS * INITIAL_PROCESSES);
  stride = INITIAL_PROCESSES;
  /** Earlier events that event i races with: `races[raceStart[i]] … races[raceStart[i + 1] - 1]`. */
  raceStart = new Int32Array(INITIAL_EVENTS + 1);
  races = new Int32Array(INITIAL_EVENTS);
  private raceCount = 0;
  /**
   * The latest earlier events that conflict with event i on each of its objects (the last change, and for a change the reads since):
   * `conflicts[conflictStart[i]] … conflicts[conflictStart[i + 1] - 1]`.
   */
  conflictStart = new Int32Array(INITIAL_EVENTS + 1);
  conflicts = new Int32Array(INITIAL_EVENTS);
  private conflictCount = 0;
  /** Last event of each process, or -1. */
  lastOfProcess = new Int32Array(INITIAL_PROCESSES).fill(-1);
  private previousOfProcess = new Int32Array(INITIAL_EVENTS);
  private readonly chains = new AccessChains();
  private chainMarks = new Int32Array(INITIAL_EVENTS);
  private seen = new Int32Array(INITIAL_PROCESSES);
  /** One more than the highest number of a process so far: rows are mostly wider, and hold zeros there. */
  private width = 0;

  /** Forget event `length` and all later ones. */
  truncate(length: number): void {
    if (length >= this.length) return;
    for (let event = this.length - 1; event >= length; event--)
      this.lastOfProcess[this.process[event] as number] = this.previousOfProcess[event] as number;
    this.chains.truncate(this.chainMarks[length] as number);
    this.length = length;
    this.raceCount = this.raceStart[length] as number;
    this.conflictCount = this.conflictStart[length] as number;
  }

  /** Record the step that `execution` has just made; `operation` and `causes` as they were before it. */
  append(process: number, operation: Operation, causes: readonly number[], execution: Execution): void {
    const event = this.length;
    this.reserve(event, process);
    this.process[event] = process;
    this.operation[event] = operation;
    this.causes[event] = causes;
    const { wrote, halted, touched } = execution;
    this.touched[event] = touched;
    this.wrote[event] = wrote ? 1 : 0;
    this.plain[event] = operation.plain ? 1 : 0;
    this.halts[event] = halted ? 1 : 0;
    this.before[event] = execution.before;
    this.beforeAlso[event] = execution.beforeAlso;
    this.chainMarks[event] = this.chains.length;
    const row = event * this.stride;
    this.beginClock(row, process, causes);
    this.sequence[event] = this.clocks[row + process] = (this.clocks[row + process] as number) + 1;
    if (operation.blocks || touched.length > 0) this.linkAll(event, row, operation, wrote, touched);
    else {
      if (operation.object >= 0) this.raceAndLink(event, row, operation.object, wrote);
      if (operation.also >= 0) this.raceAndLink(event, row, operation.also, true);
    }
    if (halted) this.findHaltRaces(event);
    this.previousOfProcess[event] = this.lastOfProcess[process] as number;
    this.lastOfProcess[process] = event;
    this.length = event + 1;
    this.raceStart[event + 1] = this.raceCount;
    this.conflictStart[event + 1] = this.conflictCount;
  }

  /** Does event `a` happen before (or is it) event `b`? */
  happensBefore(a: number, b: number): boolean {
    const known = this.clocks[b * this.stride + (this.process[a] as number)] as number;
    return known >= (this.sequence[a] as number);
  }

  /** The event of the same process before this one, or -1. */
  previousInProcess(event: number): number {
    return this.previousOfProcess[event] as number;
  }

  /** The events with which an operation races that was never done: its process was blocked to the end. */
  pendingRaces(process: number, operation: Operation, causes: readonly number[]): number[] {
    const event = this.length;
    this.reserve(event, process);
    this.beginClock(event * this.stride, process, causes);
    const start = this.raceCount;
    this.findRaces(event * this.stride, operation, operation.access >= Access.Write, operation.looks ?? NONE);
    const races = [...this.races.subarray(start, this.raceCount)];
    this.raceCount = start;
    return races;
  }

  /** The clock of what must come before the process's next event, whatever the order on objects. */
  private beginClock(row: number, process: number, causes: readonly number[]): void {
    const { clocks, width } = this;
    const last = this.lastOfProcess[process] as number;
    const from = last * this.stride;
    // By hand: rows are too short for the built-in ways of copying.
    if (last < 0) for (let i = 0; i < width; i++) clocks[row + i] = 0;
    else for (let i = 0; i < width; i++) clocks[row + i] = clocks[from + i] as number;
    for (let i = 0; i < causes.length; i++) this.join(clocks, row, causes[i] as number);
  }

  private join(target: Int32Array, row: number, event: number): void {
    const { clocks, width } = this;
    const from = event * this.stride;
    for (let i = 0; i < width; i++) {
      const value = clocks[from + i] as number;
      if (value > (target[row + i] as number)) target[row + i] = value;
    }
  }

  /**
   * Find the races of an event that can be moved in front of anything it conflicts with, enter it in the object's chain, and complete its clock: the clock
   * grows as the chain is walked, so what happens before a nearer event is seen to be no race.
   */
  private raceAndLink(event: number, row: number, object: number, wrote: boolean): void {
    const { chains, clocks } = this;
    for (let link = chains.last(object); link >= 0; link = chains.previous[link] as number) {
      const write = chains.write[link] === 1;
      if (wrote || write) {
        const other = chains.event[link] as number;
        this.pushConflict(other);
        if ((clocks[row + (this.process[other] as number)] as number) < (this.sequence[other] as number)) {
          this.pushRace(other);
          this.join(clocks, row, other);
        }
      }
      if (write) break;
    }
    chains.push(event, object, wrote);
  }

  /** The same where some of what it conflicts with makes the event possible in the first place, or it touches many objects. */
  private linkAll(
    event: number,
    row: number,
    operation: Operation,
    wrote: boolean,
    touched: readonly number[],
  ): void {
    this.findRaces(row, operation, wrote, touched);
    this.link(event, operation, wrote, touched);
  }

  private pushConflict(event: number): void {
    if (this.conflictCount >= this.conflicts.length)
      this.conflicts = grown(this.conflicts, this.conflicts.length * 2);
    this.conflicts[this.conflictCount++] = event;
  }

  private pushRace(event: number): void {
    if (this.raceCount >= this.races.length) this.races = grown(this.races, this.races.length * 2);
    this.races[this.raceCount++] = event;
  }

  /** Start to collect races of the event whose clock is at `row`. */
  private look(row: number): void {
    for (let i = 0; i < this.width; i++) this.seen[i] = this.clocks[row + i] as number;
  }

  /** Walk the chains of the operation's objects for events that the one at `row` could be moved in front of. */
  private findRaces(row: number, operation: Operation, wrote: boolean, touched: readonly number[]): void {
    if (operation.object < 0 && operation.also < 0 && touched.length === 0) return;
    this.look(row);
    if (operation.object >= 0) {
      if (operation.blocks) this.racesOfBlocking(operation);
      else this.racesOn(operation.object, wrote);
    }
    if (operation.also >= 0) this.racesOn(operation.also, true);
    for (const mark of touched) this.racesOn(mark < 0 ? ~mark : mark, mark >= 0);
  }

  /** Nearest conflicting events first; one that happens before a nearer one is no race. */
  private racesOn(object: number, wrote: boolean): void {
    const { chains } = this;
    for (let link = chains.last(object); link >= 0; link = chains.previous[link] as number) {
      const write = chains.write[link] === 1;
      if (wrote || write) this.addRace(chains.event[link] as number);
      if (write) return;
    }
  }

  /**
   * A blocking operation cannot be moved in front of the event that made it possible (an unlock), but perhaps in front of an earlier
   * one on the same object before which it was possible (the lock).
   */
  private racesOfBlocking(operation: Operation): void {
    const { chains } = this;
    // As long as nothing has changed the object, it was as possible before.
    let isUnchanged = true;
    for (let link = chains.last(operation.object); link >= 0; link = chains.previous[link] as number) {
      const event = chains.event[link] as number;
      const isMain = (this.operation[event] as Operation).object === operation.object;
      const isChange = chains.write[link] === 1;
      if (isMain ? operation.possible(this.before[event]) : isUnchanged && !isChange) {
        this.addRace(event);
        if (isChange) return;
      }
      if (isChange) isUnchanged = false;
    }
  }

  private addRace(event: number): void {
    if ((this.seen[this.process[event] as number] as number) >= (this.sequence[event] as number)) return;
    this.pushRace(event);
    this.join(this.seen, 0, event);
  }

  /** Enter the event in its chains and complete its clock. */
  private link(event: number, operation: Operation, wrote: boolean, touched: readonly number[]): void {
    if (operation.object >= 0) this.linkOne(event, operation.object, wrote);
    if (operation.also >= 0) this.linkOne(event, operation.also, true);
    for (const mark of touched) this.linkOne(event, mark < 0 ? ~mark : mark, mark >= 0);
  }

  private linkOne(event: number, object: number, wrote: boolean): void {
    const { chains } = this;
    const row = event * this.stride;
    for (let link = chains.last(object); link >= 0; link = chains.previous[link] as number) {
      const write = chains.write[link] === 1;
      if (wrote || write) {
        const other = chains.event[link] as number;
        this.pushConflict(other);
        this.join(this.clocks, row, other);
      }
      if (write) break;
    }
    chains.push(event, object, wrote);
  }

  /** An event that ends everything could have come before any other that it does not need. */
  private findHaltRaces(event: number): void {
    const row = event * this.stride;
    this.look(row);
    for (let other = event - 1; other >= 0; other--) this.addRace(other);
    for (let other = event - 1; other >= 0; other--) this.join(this.clocks, row, other);
  }

  private reserve(event: number, process: number): void {
    if (event + 1 >= this.process.length) this.growEvents();
    if (process >= this.stride) this.growProcesses(process);
    if (process >= this.width) this.width = process + 1;
  }

  private growEvents(): void {
    const size = this.process.length * 2;
    this.process = grown(this.process, size);
    this.sequence = grown(this.sequence, size);
    this.raceStart = grown(this.raceStart, size + 1);
    this.conflictStart = grown(this.conflictStart, size + 1);
    this.chainMarks = grown(this.chainMarks, size);
    this.previousOfProcess = grown(this.previousOfProcess, size);
    this.clocks = grown(this.clocks, size * this.stride);
    this.wrote = grownBytes(this.wrote, size);
    this.plain = grownBytes(this.plain, size);
    this.halts = grownBytes(this.halts, size);
  }

  private growProcesses(process: number): void {
    const { clocks, stride } = this;
    const wider = Math.max(process + 1, stride * 2);
    const rows = new Int32Array(this.process.length * wider);
    for (let event = 0; event < this.length; event++)
      rows.set(clocks.subarray(event * stride, (event + 1) * stride), event * wider);
    this.clocks = rows;
    this.lastOfProcess = grown(this.lastOfProcess, wider, -1);
    this.seen = new Int32Array(wider);
    this.stride = wider;
  }
}

/** Every access to every object, each object's linked from the latest to the earliest. */
class AccessChains {
  length = 0;
  event = new Int32Array(INITIAL_EVENTS);
  write = new Uint8Array(INITIAL_EVENTS);
  /** The access to the same object before, or -1. */
  previous = new Int32Array(INITIAL_EVENTS);
  private object = new Int32Array(INITIAL_EVENTS);
  private lastOfObject = new Int32Array(INITIAL_OBJECTS).fill(-1);

  /** The latest access to an object, or -1. */
  last(object: number): number {
    return object < this.lastOfObject.length ? (this.lastOfObject[object] as number) : -1;
  }

  push(event: number, object: number, wrote: boolean): void {
    const link = this.length++;
    if (link >= this.event.length) this.grow();
    if (object >= this.lastOfObject.length)
      this.lastOfObject = grown(this.lastOfObject, Math.max(object + 1, 2 * this.lastOfObject.length), -1);
    this.event[link] = event;
    this.object[link] = object;
    this.write[link] = wrote ? 1 : 0;
    this.previous[link] = this.lastOfObject[object] as number;
    this.lastOfObject[object] = link;
  }

  truncate(length: number): void {
    while (this.length > length) {
      const link = --this.length;
      this.lastOfObject[this.object[link] as number] = this.previous[link] as number;
    }
  }

  private grow(): void {
    const size = this.event.length * 2;
    this.event = grown(this.event, size);
    this.object = grown(this.object, size);
    this.previous = grown(this.previous, size);
    this.write = grownBytes(this.write, size);
  }
}

function grown(old: Int32Array, size: number, fill = 0): Int32Array<ArrayBuffer> {
  const array = new Int32Array(size);
  if (fill !== 0) array.fill(fill, old.length);
  array.set(old);
  return array;
}

function grownBytes(old: Uint8Array, size: number): Uint8Array<ArrayBuffer> {
  const array = new Uint8Array(size);
  array.set(old);
  return array;
}
