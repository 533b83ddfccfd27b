import type { Agent } from './actor.ts';
import { ProgramOperation } from './program-operation.ts';

/** What a request to a device is. */
export interface Request {
  /** Its number as a process of the search. */
  readonly process: number;
  /** The thread that is told. */
  readonly owner: number;
  /** Where it was made. */
  readonly step: number;
  /** Number of the event loop that is told. */
  readonly loop: number;
  readonly device: string;
  /** The request to the same device before it, or null: a device does one after the other. */
  readonly previous: Completion | null;
  /** Tells the event loop. */
  tell(): void;
}

/** The end of a request to a device, as a process with one step: it may come at any moment after the request, but not before those that the device was given earlier. */
export class Completion implements Agent {
  readonly role = 'device';
  readonly process: number;
  readonly owner: number;
  /** Tells the event loop. */
  readonly tell: () => void;
  private readonly previous: Completion | null;
  private readonly requested: number;
  private readonly end: ProgramOperation;
  /** The step in which it ended, or -1. */
  private step = -1;

  constructor({ process, owner, step, loop, device, previous, tell }: Request) {
    this.process = process;
    this.owner = owner;
    this.requested = step;
    this.previous = previous;
    this.tell = tell;
    this.end = ProgramOperation.completion(loop, device);
  }

  get operation(): ProgramOperation | null {
    const isNext = this.previous === null || this.previous.step >= 0;
    return this.step < 0 && isNext ? this.end : null;
  }

  get causes(): readonly number[] {
    return [this.requested, this.previous?.step ?? -1].filter((step) => step >= 0);
  }

  /** It ends in this step. */
  finish(step: number): void {
    this.step = step;
  }
}
