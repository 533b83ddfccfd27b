import { checkDuration, checkInteger, SystemError } from '../kernel/errors.ts';
import { Message } from '../kernel/ipc/message.ts';
import { MessageQueue as KernelQueue, QUEUE_CAPACITY } from '../kernel/ipc/message-queue.ts';
import { PIPE_CAPACITY, Pipe } from '../kernel/ipc/pipe.ts';
import { PollSet, type Readable } from '../kernel/ipc/poll.ts';
import { type ElementUpdate, SharedMemory as KernelSharedMemory } from '../kernel/ipc/shared-memory.ts';
import { BACKLOG, type Endpoint, Listener as KernelListener, own } from '../kernel/ipc/socket.ts';
import { MMAP_BYTES } from '../kernel/layout.ts';
import { Operation } from '../kernel/operation.ts';
import { defineSuspendable, SUSPENDED } from '../language/index.ts';
import { TICKS } from '../machine/costs.ts';
import { checkFunction, checkName, checkNumber, checkOptions } from './check.ts';
import { type Context, caller, kernelCalls, perform } from './context.ts';
import { receiverIterator } from './sync.ts';

const MOST_PORTS = 65_535;
/** Numbers that fit into the part of an address space where mappings go. */
const MOST_SHARED = MMAP_BYTES / 8;

/** Pipes, message queues, sockets, shared memory. */
export function communicationModule(context: Context): Record<string, unknown> {
  const newPipe = (kind: 'pipe' | 'socket', name: string, capacity = PIPE_CAPACITY): Pipe => {
    const id = context.kernel.newId();
    return context.kernel.addObject(new Pipe(id, name || `pipe ${id}`, capacity, kind));
  };
  const isReadable = (source: Readable): boolean => {
    context.kernel.noteLook(source);
    return context.kernel.observe(source.isReadable);
  };

  /** The kernel object behind a handle. */
  const sourceOf = new WeakMap<object, Readable>();

  class PipeReader {
    static readonly name = 'PipeReader';

    readonly #pipe: Pipe;
    constructor(pipe: Pipe) {
      this.#pipe = pipe;
      sourceOf.set(this, pipe);
    }
    get readable(): boolean {
      return isReadable(this.#pipe);
    }
    read(): unknown {
      return perform(context, 'receive', this.#pipe);
    }
    close(): unknown {
      return perform(context, 'close', this.#pipe, 'reader');
    }
    [Symbol.iterator](): object {
      return receiverIterator(() => this.read());
    }
  }
  kernelCalls(PipeReader, 'read', 'close');

  class PipeWriter {
    static readonly name = 'PipeWriter';

    readonly #pipe: Pipe;
    constructor(pipe: Pipe) {
      this.#pipe = pipe;
    }
    write(value: unknown): unknown {
      return perform(context, 'send', this.#pipe, new Message(value));
    }
    close(): unknown {
      return perform(context, 'close', this.#pipe, 'writer');
    }
  }
  kernelCalls(PipeWriter, 'write', 'close');

  const pipe = (capacity = PIPE_CAPACITY): [PipeReader, PipeWriter] => {
    checkInteger(capacity, 1, 'capacity of a pipe');
    const made = context.kernel.share(() => {
      const { process } = caller(context);
      const it = newPipe('pipe', '', capacity);
      it.readers.add(process);
      it.writers.add(process);
      process.resources.add(it);
      return it;
    });
    return [new PipeReader(made), new PipeWriter(made)];
  };

  class MessageQueue {
    readonly #queue: KernelQueue;
    constructor(name: string, options?: { capacity?: number }) {
      checkName(name, 'name of a MessageQueue');
      const asked = checkOptions(options, ['capacity'], 'a MessageQueue').capacity;
      const capacity = checkInteger(asked ?? QUEUE_CAPACITY, 1, 'capacity of a MessageQueue');
      const { kernel } = context;
      this.#queue = kernel.named('queue', String(name), () =>
        kernel.addObject(new KernelQueue(kernel.newId(), String(name), capacity)),
      );
      if (asked !== undefined && this.#queue.capacity !== asked)
        throw new SystemError(
          'EINVAL',
          `MessageQueue '${name}' exists with a capacity of ${this.#queue.capacity}`,
        );
      sourceOf.set(this, this.#queue);
    }
    get readable(): boolean {
      return isReadable(this.#queue);
    }
    send(message: unknown): unknown {
      return perform(context, 'send', this.#queue, new Message(message));
    }
    receive(): unknown {
      return perform(context, 'receive', this.#queue);
    }
  }
  kernelCalls(MessageQueue, 'send', 'receive');

  class Connection {
    static readonly name = 'Connection';

    readonly #endpoint: Endpoint;
    constructor(endpoint: Endpoint) {
      this.#endpoint = endpoint;
      sourceOf.set(this, endpoint.incoming);
    }
    get readable(): boolean {
      return isReadable(this.#endpoint.incoming);
    }
    read(): unknown {
      return perform(context, 'receive', this.#endpoint.incoming);
    }
    write(value: unknown): unknown {
      return perform(context, 'send', this.#endpoint.outgoing, new Message(value));
    }
    close(): unknown {
      return undefined;
    }
    static endpointOf(connection: Connection): Endpoint {
      return connection.#endpoint;
    }
  }
  kernelCalls(Connection, 'read', 'write');
  defineSuspendable(Connection.prototype.close, function* (_rt, self) {
    const { incoming, outgoing } = Connection.endpointOf(self as Connection);
    if (perform(context, 'close', outgoing, 'writer') === SUSPENDED) yield;
    if (perform(context, 'close', incoming, 'reader') === SUSPENDED) yield;
    return undefined;
  });

  class Listener {
    static readonly name = 'Listener';

    readonly #listener: KernelListener;
    constructor(listener: KernelListener) {
      this.#listener = listener;
      sourceOf.set(this, listener);
    }
    get readable(): boolean {
      return isReadable(this.#listener);
    }
    accept(): unknown {
      return undefined;
    }
    close(): unknown {
      return perform(context, 'close', this.#listener);
    }
    static of(listener: Listener): KernelListener {
      return listener.#listener;
    }
  }
  kernelCalls(Listener, 'close');
  defineSuspendable(Listener.prototype.accept, function* (_rt, self) {
    let endpoint = perform(context, 'accept', Listener.of(self as Listener));
    if (endpoint === SUSPENDED) endpoint = yield;
    return new Connection(endpoint as Endpoint);
  });

  const listen = defineSuspendable(
    (_port: number, _options?: { backlog?: number }): unknown => undefined,
    function* (_rt, _self, [port, options]) {
      const { backlog = BACKLOG } = checkOptions(
        options as { backlog?: number } | undefined,
        ['backlog'],
        'listen',
      );
      const number = checkPort(port);
      const { kernel } = context;
      const { process } = caller(context);
      checkInteger(backlog, 1, 'backlog');
      const listener = kernel.named('port', String(number), () =>
        kernel.addObject(new KernelListener(kernel.newId(), number, backlog)),
      );
      if (kernel.approach(listener, 'listen') === SUSPENDED) yield;
      const isFree = kernel.observe(listener.owners.size === 0);
      if (!isFree) throw new SystemError('EADDRINUSE', `listen: port ${number} is in use`);
      kernel.share(() => {
        listener.owners.add(process);
        process.resources.add(listener);
      });
      return new Listener(listener);
    },
  );

  const connect = defineSuspendable(
    (_port: number): unknown => undefined,
    function* (_rt, _self, [port]) {
      const number = checkPort(port);
      const { kernel } = context;
      const listener = kernel.named(
        'port',
        String(number),
        () => new KernelListener(kernel.newId(), number, BACKLOG),
      );
      if (kernel.approach(listener, 'look') === SUSPENDED) yield;
      if (!kernel.observe(listener.owners.size > 0))
        throw new SystemError('ECONNREFUSED', `connect: nobody listens on port ${number}`);
      const client = kernel.share(() => openConnection(number));
      const server = { incoming: client.outgoing, outgoing: client.incoming };
      if (kernel.perform(new Operation('connect', listener, server)) === SUSPENDED) yield;
      return new Connection(client);
    },
  );

  const openConnection = (port: number): Endpoint => {
    const client = {
      incoming: newPipe('socket', `connection to ${port}`),
      outgoing: newPipe('socket', `connection to ${port}`),
    };
    own(client, caller(context).process);
    return client;
  };

  const poll = defineSuspendable(
    (_sources: readonly object[], _timeout?: number): unknown => undefined,
    function* (_rt, _self, [sources, timeout]) {
      if (!Array.isArray(sources)) throw new SystemError('EINVAL', 'poll takes a list of sources');
      const handles = [...(sources as readonly object[])];
      const set = new PollSet(handles.map((handle) => readableOf(handle)));
      const operation = new Operation('poll', set);
      if (timeout !== undefined)
        operation.deadline = context.kernel.now() + checkDuration(timeout, 'poll') * TICKS;
      let ready = context.kernel.perform(operation);
      if (ready === SUSPENDED) ready = yield;
      return (ready as readonly number[]).map((index) => handles[index]);
    },
  );

  const readableOf = (handle: object): Readable => {
    const source = sourceOf.get(handle);
    if (source) return source;
    throw new SystemError(
      'EINVAL',
      'only readers of pipes, message queues, listeners and connections can be watched',
    );
  };

  class SharedMemory {
    readonly #memory: KernelSharedMemory;
    readonly address: number;
    constructor(name: string, length: number) {
      checkName(name, 'name of a SharedMemory');
      if (checkInteger(length, 1, 'length of a SharedMemory') > MOST_SHARED)
        throw new SystemError(
          'ENOMEM',
          `SharedMemory '${name}' of ${length} numbers has no room in the address space`,
        );
      const { kernel } = context;
      this.#memory = kernel.named('memory', String(name), () =>
        kernel.addObject(new KernelSharedMemory(kernel.newId(), String(name), length)),
      );
      if (this.#memory.values.length !== length)
        throw new SystemError(
          'EINVAL',
          `SharedMemory '${name}' exists with a length of ${this.#memory.values.length}`,
        );
      this.address = kernel.mapShared(this.#memory);
    }
    get length(): number {
      return this.#memory.values.length;
    }
    get(index: number): unknown {
      return this.#do(
        'atomicLoad',
        index,
        () => undefined,
        (old) => old,
      );
    }
    set(index: number, value: number): unknown {
      const stored = checkNumber(value, 'what is set');
      return this.#do(
        'atomicStore',
        index,
        () => stored,
        () => undefined,
      );
    }
    add(index: number, delta: number): unknown {
      const by = checkNumber(delta, 'what is added');
      return this.#do(
        'atomicUpdate',
        index,
        (old) => old + by,
        (old) => old,
      );
    }
    compareExchange(index: number, expected: number, desired: number): unknown {
      const isEqual = (old: number) => Object.is(old, expected);
      const next = checkNumber(desired, 'what is put there');
      return this.#do('compareExchange', index, (old) => (isEqual(old) ? next : undefined), isEqual);
    }
    #do(
      kind: 'atomicLoad' | 'atomicStore' | 'atomicUpdate' | 'compareExchange',
      index: number,
      next: ElementUpdate['next'],
      result: ElementUpdate['result'],
    ): unknown {
      if (!(Number.isInteger(index) && index >= 0 && index < this.length))
        throw new RangeError(`index ${String(index)} is outside 0 … ${this.length - 1} of the SharedMemory`);
      return perform(context, kind, this.#memory, { index, next, result });
    }
  }
  kernelCalls(SharedMemory, 'get', 'set', 'add', 'compareExchange');

  const onReadable = (handle: object, listener: () => void): (() => void) =>
    context.kernel.watchReadable(readableOf(handle), checkFunction(listener, 'the listener'));

  return { pipe, MessageQueue, listen, connect, poll, onReadable, SharedMemory };
}

function checkPort(port: unknown): number {
  const number = checkInteger(port, 1, 'port');
  if (number <= MOST_PORTS) return number;
  throw new SystemError('EINVAL', `port must be at most ${MOST_PORTS}; it is ${number}`);
}
