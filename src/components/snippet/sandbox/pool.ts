import { type Remote, wrap } from 'comlink';
import type { RemoteService } from '../../../engine/worker.ts';
import { openFrame } from './frame.ts';

/** A worker of the page's sandbox, for one run. */
export interface Lease {
  readonly service: Remote<RemoteService>;
  /** Rejects with a readable message when the worker dies; never resolves. */
  readonly died: Promise<never>;
  /** End the worker, whatever it is doing. */
  end(): void;
}

/** Why a worker was lost, in words for the status line. */
export class WorkerLost extends Error {
  override readonly name = 'WorkerLost';
}

/** Milliseconds before the next spare worker is started: the run that took the last one has the processor first. */
const spareDelay = 200;

/**
 * The workers of one page. Every run gets a worker that has run nothing before, so no program leaves anything behind for
 * the next; one spare is kept warm, so nobody waits for it to start.
 */
export class Pool {
  private readonly workerUrl: string;
  private frame: Promise<MessagePort> | null = null;
  private spare: Promise<Lease> | null = null;
  private readonly losses = new Map<number, (error: WorkerLost) => void>();
  private nextId = 0;

  constructor(workerUrl: string) {
    this.workerUrl = workerUrl;
  }

  /** Start the frame and a spare worker; safe to call often. */
  warm(): void {
    this.spare ??= this.spawn();
    this.spare.catch(() => {
      this.spare = null;
      this.frame = null;
    });
  }

  /** A fresh worker. Rejects when the engine cannot be loaded. */
  async take(): Promise<Lease> {
    this.warm();
    const lease = this.spare as Promise<Lease>;
    this.spare = null;
    try {
      return await lease;
    } finally {
      setTimeout(() => this.warm(), spareDelay);
    }
  }

  private async spawn(): Promise<Lease> {
    this.frame ??= this.open();
    const frame = await this.frame;
    const id = this.nextId++;
    const { port1, port2 } = new MessageChannel();
    const died = new Promise<never>((_, reject) => this.losses.set(id, reject));
    died.catch(() => {});
    frame.postMessage({ id }, [port2]);
    const end = () => {
      this.losses.delete(id);
      frame.postMessage({ id, end: true });
      port1.close();
    };
    return { service: wrap<RemoteService>(port1), died, end };
  }

  private async open(): Promise<MessagePort> {
    const port = await openFrame(
      fetch(this.workerUrl).then((answer) => {
        if (!answer.ok) throw new Error(`the simulated machine could not be loaded (${answer.status})`);
        return answer.text();
      }),
    );
    port.addEventListener('message', ({ data }) => {
      this.losses.get(data.id)?.(new WorkerLost(String(data.message)));
    });
    return port;
  }
}
