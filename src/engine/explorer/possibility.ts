import { Message } from '../kernel/ipc/message.ts';
import { MessageQueue } from '../kernel/ipc/message-queue.ts';
import { Pipe } from '../kernel/ipc/pipe.ts';
import { SharedMemory } from '../kernel/ipc/shared-memory.ts';
import { Listener } from '../kernel/ipc/socket.ts';
import { type KernelObject, Operation, type OperationKind } from '../kernel/operation.ts';
import { Process } from '../kernel/process.ts';
import type { Atomic } from '../kernel/sync/atomic.ts';
import type { Thread } from '../kernel/thread.ts';
import { Deed } from './deed.ts';

/** What has to be possible for an operation to succeed, where that is another one. */
const MUST_BE_ABLE: { readonly [kind in OperationKind]?: OperationKind } = {
  tryLock: 'lock',
  reacquire: 'lock',
  tryAcquire: 'acquire',
};
/** What can be asked of an object of each kind; a bit each in its state. */
const QUESTIONS: { readonly [kind: string]: readonly OperationKind[] } = {
  mutex: ['lock'],
  semaphore: ['acquire'],
  rwlock: ['readLock', 'writeLock'],
  channel: ['send', 'receive'],
};

/** State of something that messages go through, as far as its operations need it. */
interface FlowState {
  readonly isReadable: boolean;
  /** Room for messages, in what its messages are counted in. */
  readonly room: number;
  /** Nothing is in it: then even a message that is larger than it goes in. */
  readonly isEmpty: boolean;
  /** Somebody could take messages out. */
  readonly isOpen: boolean;
}

/** State of a process's children. */
interface ChildrenState {
  readonly all: readonly number[];
  readonly ended: readonly number[];
}

/** What `Operation.possible` needs to know of the object of an operation, as it is now. */
export function stateFor({ object, argument }: Operation): unknown {
  if (object instanceof SharedMemory) return object.values[(argument as { index: number }).index];
  return stateOf(object);
}

/** State of an object that is one to all its operations. */
export function stateOf(object: KernelObject): unknown {
  const it = object instanceof Deed ? object.about : object;
  if (it.kind === 'atomic') return (it as Atomic).value;
  if (it instanceof Process) return childrenOf(it);
  return flowStateOf(it) ?? bitsOf(it);
}

function childrenOf({ children }: Process): ChildrenState {
  return {
    all: children.map(({ pid }) => pid),
    ended: children.filter(({ exit }) => exit !== null).map(({ pid }) => pid),
  };
}

function flowStateOf(it: KernelObject): FlowState | null {
  if (it instanceof Pipe) {
    const { isReadable, bytes, capacity, readers } = it;
    return { isReadable, room: capacity - bytes, isEmpty: bytes === 0, isOpen: readers.size > 0 };
  }
  if (it instanceof MessageQueue) {
    const { isReadable, length, capacity } = it;
    return { isReadable, room: capacity - length, isEmpty: length === 0, isOpen: true };
  }
  if (!(it instanceof Listener)) return null;
  const { isReadable, length, backlog, owners } = it;
  return { isReadable, room: backlog - length, isEmpty: length === 0, isOpen: owners.size > 0 };
}

/** For each question that can be asked of the object a bit: could a thread that has no part in it do that now? */
function bitsOf(object: KernelObject): number {
  const questions = QUESTIONS[object.kind] ?? [];
  let state = 0;
  for (let i = 0; i < questions.length; i++) {
    const question = new Operation(questions[i] as OperationKind, object, NOTHING);
    question.thread = NOBODY;
    if (object.enabled(question)) state |= 1 << i;
  }
  return state;
}

const NOTHING = new Message(0);
const NOBODY = { name: 'nobody' } as Thread;

/** An operation that never waits and cannot fail. */
export const always = (): boolean => true;

/** Could this operation be done (or succeed), were its object in a given state? See `Operation.possible`. */
export function possibilityOf(operation: Operation): (before: unknown) => boolean {
  const { kind, object, argument } = operation;
  switch (kind) {
    case 'compareExchange':
      return comparisonOf(operation);
    case 'waitpid':
      return (before) => hasEnded(before as ChildrenState, argument as number);
    case 'receive':
    case 'accept':
    case 'send':
    case 'connect':
      return object.kind === 'channel' ? bitOf(object, kind) : flowPossibility(operation);
    default:
      return bitOf(object, kind);
  }
}

function comparisonOf({ object, argument }: Operation): (before: unknown) => boolean {
  if (object.kind === 'atomic') {
    const [expected] = argument as readonly unknown[];
    return (before) => Object.is(before, expected);
  }
  const { next } = argument as { next(old: number): number | undefined };
  return (before) => next(before as number) !== undefined;
}

function hasEnded({ all, ended }: ChildrenState, pid: number): boolean {
  if (pid < 0) return ended.length > 0 || all.length === 0;
  return ended.includes(pid) || !all.includes(pid);
}

function flowPossibility({ kind, object, argument, thread }: Operation): (before: unknown) => boolean {
  if (object instanceof Pipe) {
    const ends = kind === 'send' ? object.writers : object.readers;
    // Its own end is closed: that fails at once.
    if (!ends.has(thread.process)) return always;
  }
  if (kind === 'receive' || kind === 'accept') return (before) => (before as FlowState).isReadable;
  const size = object instanceof Pipe ? (argument as Message).bytes : 1;
  return (before) => {
    const { room, isEmpty, isOpen } = before as FlowState;
    return !isOpen || isEmpty || size <= room;
  };
}

function bitOf({ kind }: KernelObject, operation: OperationKind): (before: unknown) => boolean {
  const bit = 1 << Math.max(0, (QUESTIONS[kind] ?? []).indexOf(MUST_BE_ABLE[operation] ?? operation));
  return (before) => ((before as number) & bit) !== 0;
}
