import { Message } from '../kernel/ipc/message.ts';
import { type KernelObject, Operation as KernelOperation, type OperationKind } from '../kernel/operation.ts';
import type { Process } from '../kernel/process.ts';
import type { Atomic } from '../kernel/sync/atomic.ts';
import type { Thread } from '../kernel/thread.ts';
import { Access, type Operation } from './model.ts';

/** Operations that only read their object. */
const READS: ReadonlySet<OperationKind> = new Set(['load', 'atomicLoad']);
/** Operations that change their object only where they succeed. */
const CONDITIONAL: ReadonlySet<OperationKind> = new Set(['tryLock', 'tryAcquire', 'compareExchange']);
/** Operations that wait until their object lets them. */
const BLOCKING: ReadonlySet<OperationKind> = new Set([
  'lock',
  'reacquire',
  'acquire',
  'readLock',
  'writeLock',
  'send',
  'receive',
  'accept',
  'connect',
]);
/** What has to be possible for a conditional operation to succeed. */
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
};
const FLOWS: readonly OperationKind[] = ['send', 'receive', 'accept', 'connect'];

/** A visible operation of a compiled program: an access to memory, or an operation of the kernel. */
export class ProgramOperation implements Operation {
  readonly kind: OperationKind;
  readonly object: number;
  readonly also: number;
  readonly access: Access;
  readonly plain: boolean;
  readonly blocks: boolean;
  /** A call of a built-in method on its object's contents. */
  readonly isCall: boolean;
  /** Index into `Program.sites`, or -1. */
  readonly site: number;
  /** Name of the kernel object; empty for memory. */
  readonly objectName: string;
  private readonly bit: number;
  private readonly expected: unknown;

  private constructor(
    kind: OperationKind,
    object: number,
    also: number,
    access: Access,
    site: number,
    target: KernelObject | null,
    expected: unknown,
  ) {
    this.kind = kind;
    this.object = object;
    this.also = also;
    this.access = access;
    this.site = site;
    this.plain = target === null || target.kind === 'contents';
    this.isCall = target?.kind === 'contents';
    this.objectName = target?.name ?? '';
    this.blocks = BLOCKING.has(kind);
    this.bit = target === null ? 0 : bitOf(target.kind, MUST_BE_ABLE[kind] ?? kind);
    this.expected = expected;
  }

  /** A load or a store of the variable with this number. */
  static onMemory(object: number, isStore: boolean, site: number): ProgramOperation {
    const kind = isStore ? 'store' : 'load';
    return new ProgramOperation(
      kind,
      object,
      -1,
      isStore ? Access.Write : Access.Read,
      site,
      null,
      undefined,
    );
  }

  /** The time to wait for the condition with this number is up. */
  static expiry(condition: number, site: number): ProgramOperation {
    return new ProgramOperation('sleep', condition, -1, Access.Conditional, site, CLOCK, undefined);
  }

  /** An operation of the kernel on the objects with these numbers. */
  static onObject(operation: KernelOperation, object: number, also: number, site: number): ProgramOperation {
    const { kind } = operation;
    const access = accessOf(operation);
    const expected =
      access === Access.Conditional && kind === 'compareExchange'
        ? (operation.argument as readonly unknown[])[0]
        : undefined;
    return new ProgramOperation(kind, object, also, access, site, operation.object, expected);
  }

  possible(before: unknown): boolean {
    // Whatever the time is moved in front of, the wait was not over then.
    if (this.kind === 'sleep') return true;
    if (this.kind === 'compareExchange') return Object.is(before, this.expected);
    return ((before as number) & this.bit) !== 0;
  }
}

function accessOf({ kind, object }: KernelOperation): Access {
  if (READS.has(kind)) return Access.Read;
  // Of shared memory all cells are one object here, so what a comparison would find elsewhere is not known.
  if (kind === 'compareExchange' && object.kind !== 'atomic') return Access.Write;
  return CONDITIONAL.has(kind) ? Access.Conditional : Access.Write;
}

function bitOf(objectKind: string, kind: OperationKind): number {
  return 1 << Math.max(0, (QUESTIONS[objectKind] ?? FLOWS).indexOf(kind));
}

/** What a time that is up is about, in words. */
const CLOCK = { kind: 'clock', name: 'time is up' } as KernelObject;

/** What is asked about sending: the smallest message there is. A larger one may have to wait where this one would not. */
const SMALL = new Message(0);

/** What `ProgramOperation.possible` needs to know of an object as it is now, for a thread of this process that has no part in it. */
export function stateOf(object: KernelObject, process: Process): unknown {
  if (object.kind === 'atomic') return (object as Atomic).value;
  const questions = QUESTIONS[object.kind] ?? (BLOCKING_OBJECTS.has(object.kind) ? FLOWS : []);
  let state = 0;
  for (let i = 0; i < questions.length; i++) {
    const question = new KernelOperation(questions[i] as OperationKind, object, SMALL);
    question.thread = { name: 'nobody', process } as Thread;
    if (object.enabled(question)) state |= 1 << i;
  }
  return state;
}

const BLOCKING_OBJECTS: ReadonlySet<string> = new Set([
  'channel',
  'pipe',
  'queue',
  'socket',
  'message queue',
]);
