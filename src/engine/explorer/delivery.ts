import type { Process } from '../kernel/process.ts';
import type { Thread } from '../kernel/thread.ts';
import type { Agent } from './actor.ts';
import { NONE } from './model.ts';
import { ProgramOperation } from './program-operation.ts';

/** What a signal on its way is. */
export interface Sent {
  /** Its number as a process of the search. */
  readonly process: number;
  /** The thread it is reported under. */
  readonly owner: number;
  readonly target: Process;
  readonly sender: Process;
  readonly signal: string;
  /** The one thread that is to get it; null where any will do. */
  readonly thread: Thread | null;
  /** Where it was sent. */
  readonly step: number;
  /** Number of the target as a whole. */
  readonly object: number;
}

/** A signal on its way, as a process with one step: it may arrive at any moment after it was sent. Where its target has ended by then, it does nothing. */
export class Delivery implements Agent {
  readonly role = 'signal';
  readonly process: number;
  readonly owner: number;
  readonly target: Process;
  readonly sender: Process;
  readonly signal: string;
  readonly thread: Thread | null;
  readonly causes: readonly number[];
  operation: ProgramOperation | null;
  private isCancelled = false;

  constructor({ process, owner, target, sender, signal, thread, step, object }: Sent) {
    this.process = process;
    this.owner = owner;
    this.target = target;
    this.sender = sender;
    this.signal = signal;
    this.thread = thread;
    this.causes = step < 0 ? NONE : [step];
    this.operation = ProgramOperation.arrival(object, signal, target);
  }

  /** Nobody wants it any more (an alarm that was called off). */
  cancel(): void {
    this.isCancelled = true;
  }

  /** It is there. True where it has an effect. */
  arrive(): boolean {
    this.operation = null;
    return !this.isCancelled;
  }
}
