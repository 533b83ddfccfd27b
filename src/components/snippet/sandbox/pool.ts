import { type Remote, wrap } from 'comlink';
import type { RemoteService } from '../../../engine/worker.ts';
import { frameAt } from '../early.ts';
import type { Frame } from './frame.ts';

/** A worker of the page's sandbox, for one run. */
export interface Lease {
  readonly service: Remote<RemoteService>;
  /** Rejects with a readable message when the worker dies; never resolves. */
  readonly died: Promise<never>;
  /** End the worker, whatever it is doing. */
  end(): void;
}

/** Where the frame's document and the scripts of the workers are. */
export interface Addresses {
  readonly sandbox: string;
  /** Runs what the build has compiled. */
  readonly engine: string;
  /** The same, and compiles and explores: almost three times the size. */
  readonly compiler: string;
}

/** Milliseconds from the end of a run to the start of the next spare worker: showing what was printed comes first. */
const spareDelay = 50;

/**
 * The workers of one page. Every run gets a worker that has run nothing before, so no program leaves anything behind for
 * the next; one spare is kept warm, so nobody waits for it to start.
 */
export class Pool {
  private readonly addresses: Addresses;

  constructor(addresses: Addresses) {
    this.addresses = addresses;
  }

  /** Start the frame and a spare worker, one that compiles where that will be needed; safe to call often. */
  warm(canCompile = false): void {
    if (!frameAt(this.addresses.sandbox).isResting) this.suited(canCompile);
  }

  /** A fresh worker that runs what is compiled, or also compiles and explores. */
  take(canCompile = false): Lease {
    const frame = this.suited(canCompile);
    const seat = frame.take();
    const end = () => {
      seat.end();
      // After a sandbox that could not be loaded the next one is tried when it is asked for, not at once.
      if (frame.isUsable) setTimeout(() => this.warm(canCompile), spareDelay);
    };
    return { service: wrap<RemoteService>(seat.port), died: seat.died, end };
  }

  /** The frame, its spare worker given a script that can do this. */
  private suited(canCompile: boolean): Frame {
    const { engine, compiler, sandbox } = this.addresses;
    const frame = frameAt(sandbox);
    if (canCompile && frame.spare.script === engine) frame.take().end();
    frame.spare.give(canCompile ? compiler : engine);
    return frame;
  }
}
