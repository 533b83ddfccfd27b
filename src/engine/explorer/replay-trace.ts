import type { KernelObject, Operation as KernelOperation } from '../kernel/operation.ts';
import { GIVING_BACK, TAKING } from '../kernel/uses.ts';
import { EventKind, StopReason, type Trace } from '../trace/trace.ts';
import { TraceWriter } from '../trace/writer.ts';
import type { Actor } from './actor.ts';
import type { ProgramExecution } from './program-execution.ts';
import type { ProgramOperation } from './program-operation.ts';

const MOST_EVENTS = 1_000_000;

/** Writes down what the threads of a replay do, as the kernel of a run does: on one core, who runs, who waits for what, and what each step loaded, stored, took or sent. */
export class ReplayTrace {
  private readonly execution: ProgramExecution;
  private readonly writer = new TraceWriter(MOST_EVENTS);
  /** Threads by number: those that exist and cannot go on. */
  private readonly known = new Map<number, boolean>();
  private readonly over = new Set<number>();
  private readonly objects = new Set<number>();
  private running = -1;

  constructor(execution: ProgramExecution) {
    this.execution = execution;
  }

  /** A thread gets the core. */
  dispatch(time: number, tid: number): void {
    this.writer.write(time, EventKind.Dispatch, 0, tid);
    this.running = tid;
    this.known.set(tid, false);
  }

  /** The thread that has the core loses it. */
  leave(time: number, actor: Actor): void {
    const { tid } = actor.thread;
    this.running = -1;
    if (actor.isOver) this.writer.write(time, EventKind.Stop, 0, tid, -1, StopReason.Exited);
    else if (this.isBlocked(actor)) this.block(time, 0, actor);
    else this.writer.write(time, EventKind.Stop, 0, tid, -1, StopReason.Preempted);
  }

  private isBlocked({ process }: Actor): boolean {
    return !this.execution.isEnabled(process);
  }

  private block(time: number, core: number, { thread, operation, kernelOperation }: Actor): void {
    const object = kernelOperation === null ? -1 : this.idOf(awaitedBy(kernelOperation));
    const site = kernelOperation?.site ?? operation?.site ?? -1;
    this.writer.write(time, EventKind.Stop, core, thread.tid, site, StopReason.Blocked, object);
    this.known.set(thread.tid, true);
  }

  private idOf({ id, kind, name }: KernelObject): number {
    if (kind !== 'thread' && !this.objects.has(id)) {
      this.objects.add(id);
      this.writer.objects.push({ id, kind, name });
    }
    return id;
  }

  /** A thread has loaded or stored what its step was about. */
  access(time: number, tid: number, { kind, object, site }: ProgramOperation): void {
    const { names, resultText, stepper } = this.execution;
    const actor = stepper.actors.find((it) => it?.thread.tid === tid);
    const address = names.objects.nameOf(object) - (actor?.record.offset ?? 0);
    const event = kind === 'store' ? EventKind.Store : EventKind.Load;
    const value = resultText === '' ? -1 : this.writer.text(resultText);
    this.writer.write(time, event, 0, tid, site, address >= 0 ? address : object, value);
  }

  /** Operations of the kernel were done in a step. */
  uses(time: number, operations: readonly KernelOperation[]): void {
    for (const operation of operations) {
      const kind = eventOf(operation.kind);
      if (kind !== null)
        this.writer.write(
          time,
          kind,
          0,
          operation.thread.tid,
          siteOf(operation),
          this.idOf(usedBy(operation)),
        );
    }
  }

  /** A line was printed. */
  print(time: number, tid: number, site: number, text: string): void {
    this.writer.write(time, EventKind.Print, 0, tid, site, this.writer.text(text));
  }

  /** Write down threads that have come into being, ended, begun or ceased to wait. `by`: whose step it was. */
  notice(time: number, by: number): void {
    const { processes, actors } = this.execution.stepper;
    for (const { pid, parent, name } of processes.slice(this.writer.processes.length))
      this.writer.processes.push({ pid, parent: parent?.pid ?? 0, name });
    for (const actor of actors) if (actor) this.look(time, by, actor);
  }

  private look(time: number, by: number, actor: Actor): void {
    const { tid, name, process } = actor.thread;
    if (!this.known.has(tid)) {
      this.known.set(tid, false);
      this.writer.threads.push({ tid, pid: process.pid, name });
      this.writer.write(time, EventKind.Create, -1, tid, -1, tid === 1 ? 0 : by);
    }
    if (actor.isOver) {
      if (this.over.has(tid)) return;
      this.over.add(tid);
      this.writer.write(time, EventKind.Exit, 0, tid);
    } else if (tid !== this.running) this.compare(time, by, actor);
  }

  /** Has a thread without the core come to wait, or can it go on again? */
  private compare(time: number, by: number, actor: Actor): void {
    const { tid } = actor.thread;
    const isBlocked = this.isBlocked(actor);
    if (isBlocked === this.known.get(tid)) return;
    if (isBlocked) this.block(time, -1, actor);
    else {
      this.writer.write(time, EventKind.Wake, -1, tid, -1, by);
      this.known.set(tid, false);
    }
  }

  /** The trace so far. */
  finish(end: number): Trace {
    return this.writer.finish(1, end);
  }
}

/** What a thread waits for that stands before an operation: the second half of a wait is for a signal first. */
function awaitedBy({ kind, object, outcome, argument }: KernelOperation): KernelObject {
  return kind === 'reacquire' && outcome === 'none' ? (argument as KernelObject) : object;
}

/** What it takes or gives back: who waits on a condition gives the mutex back. */
function usedBy({ kind, object, also }: KernelOperation): KernelObject {
  return kind === 'wait' && also !== null ? also : object;
}

/** Where in the program an operation was asked for. */
export function siteOf({ site, thread }: KernelOperation): number {
  return site >= 0 ? site : thread.stack.site;
}

function eventOf(kind: KernelOperation['kind']): number | null {
  if (TAKING.has(kind)) return EventKind.Acquire;
  if (GIVING_BACK.has(kind)) return EventKind.Release;
  if (kind === 'send') return EventKind.Send;
  return kind === 'receive' ? EventKind.Receive : null;
}
