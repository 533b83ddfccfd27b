import { SystemError } from '../errors.ts';
import type { KernelObject, Operation } from '../operation.ts';
import type { Process } from '../process.ts';
import type { Thread } from '../thread.ts';
import { WaitQueue } from '../wait-queue.ts';
import type { Pipe } from './pipe.ts';

/** Connections that wait to be accepted unless told otherwise. */
export const BACKLOG = 128;

/** One side of a connection: two pipes, one for each direction. */
export interface Endpoint {
  readonly incoming: Pipe;
  readonly outgoing: Pipe;
}

/** The process has this side open. */
export function own({ incoming, outgoing }: Endpoint, process: Process): void {
  incoming.readers.add(process);
  outgoing.writers.add(process);
  process.resources.add(incoming);
  process.resources.add(outgoing);
}

function disown({ incoming, outgoing }: Endpoint, process: Process): void {
  incoming.readers.delete(process);
  outgoing.writers.delete(process);
}

/**
 * A listening socket. State: connections nobody has accepted yet, and who listens. `accept` is enabled while there is one (or the socket is closed: then it fails), `connect` while the
 * backlog has room.
 */
export class Listener implements KernelObject {
  readonly kind = 'listener';
  readonly isShared = true;
  readonly id: number;
  readonly name: string;
  readonly port: number;
  readonly backlog: number;
  private readonly acceptors = new WaitQueue();
  private readonly connectors = new WaitQueue();
  readonly queues = [this.acceptors, this.connectors];
  readonly watchers = new Set<() => void>();
  private readonly waiting: Endpoint[] = [];
  readonly owners = new Set<Process>();

  constructor(id: number, port: number, backlog: number) {
    this.id = id;
    this.name = `port ${port}`;
    this.port = port;
    this.backlog = backlog;
  }

  /** Connections nobody has accepted yet. */
  get length(): number {
    return this.waiting.length;
  }

  get isReadable(): boolean {
    return this.waiting.length > 0;
  }

  enabled(operation: Operation): boolean {
    if (operation.kind === 'accept')
      return this.waiting.length > 0 || !this.owners.has(operation.thread.process);
    return operation.kind !== 'connect' || this.waiting.length < this.backlog || this.owners.size === 0;
  }

  execute(operation: Operation): unknown {
    const { process } = operation.thread;
    if (operation.kind === 'connect') {
      this.connect(operation.argument as Endpoint);
      return undefined;
    }
    if (!this.owners.has(process)) throw new SystemError('EBADF', `${operation.kind}: this socket is closed`);
    if (operation.kind === 'accept') return this.accept(process);
    this.owners.delete(process);
    return undefined;
  }

  private connect(server: Endpoint): void {
    if (this.owners.size === 0)
      throw new SystemError('ECONNREFUSED', `connect: nobody listens on ${this.name} any more`);
    const [keeper] = this.owners;
    own(server, keeper as Process);
    this.waiting.push(server);
  }

  /** The connection passes from whoever listens to the process that accepts it. */
  private accept(process: Process): Endpoint {
    const server = this.waiting.shift() as Endpoint;
    for (const keeper of this.owners) disown(server, keeper);
    own(server, process);
    return server;
  }

  drop(process: Process): void {
    this.owners.delete(process);
  }

  inherit(parent: Process, child: Process): void {
    if (this.owners.has(parent)) this.owners.add(child);
  }

  writes(): boolean {
    return true;
  }

  queueOf(operation: Operation): WaitQueue {
    return operation.kind === 'accept' ? this.acceptors : this.connectors;
  }

  holders(): readonly Thread[] {
    return [];
  }
}
