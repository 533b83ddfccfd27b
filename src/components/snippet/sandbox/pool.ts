import { type Remote, wrap } from 'comlink';
import type { RemoteService } from '../../../engine/worker.ts';
import { frameFor, textAt } from '../early.ts';
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
  readonly engine: string;
  readonly parser: string;
}

/** Milliseconds before the next spare worker is started: the run that took the last one has the processor first. */
const spareDelay = 200;

/**
 * The workers of one page. Every run gets a worker that has run nothing before, so no program leaves anything behind for
 * the next; one spare is kept warm, so nobody waits for it to start. The parser is a script of its own: a worker
 * learns it when it is given a text, not a program that the build made.
 */
export class Pool {
  private readonly addresses: Addresses;
  private frame: Frame | null = null;
  private spare: Lease | null = null;
  private readonly learned = new WeakMap<Lease, Promise<void>>();

  constructor(addresses: Addresses) {
    this.addresses = addresses;
  }

  /** Start the frame and a spare worker, with the parser where that will be needed; safe to call often. */
  warm(withParser = false): void {
    this.spare ??= this.spawn();
    if (withParser) this.learn(this.spare).catch(() => {});
  }

  /** A fresh worker that can run what is compiled. */
  take(): Lease {
    const lease = this.spare ?? this.spawn();
    this.spare = null;
    setTimeout(() => this.warm(), spareDelay);
    return lease;
  }

  /** A fresh worker that can compile. Rejects when the parser cannot be loaded. */
  async takeWithParser(): Promise<Lease> {
    const lease = this.take();
    await this.learn(lease).catch((error) => {
      lease.end();
      throw error;
    });
    setTimeout(() => this.warm(true), spareDelay);
    return lease;
  }

  /** Resolves when the parser is on its way to the worker: what is asked of the worker afterwards comes later. */
  private learn(lease: Lease): Promise<void> {
    const known = this.learned.get(lease);
    if (known) return known;
    const learning = textAt(this.addresses.parser, 'the parser').then((script) => {
      // A worker that dies meanwhile says so through `died`.
      lease.service.learn(script).catch(() => {});
    });
    this.learned.set(lease, learning);
    learning.catch(() => this.learned.delete(lease));
    return learning;
  }

  private spawn(): Lease {
    if (!this.frame?.isUsable) this.frame = frameFor(this.addresses.engine, this.addresses.sandbox);
    const { port, died, end } = this.frame.take();
    const lease = { service: wrap<RemoteService>(port), died, end };
    died.catch(() => {
      if (this.spare === lease) this.spare = null;
    });
    return lease;
  }
}
