import type { KernelObject, Operation as KernelOperation, OperationKind } from '../kernel/operation.ts';
import type { Process } from '../kernel/process.ts';
import { ContentCall } from './contents.ts';
import { Access, NONE, type Operation } from './model.ts';
import { always, possibilityOf } from './possibility.ts';

/** Operations that only read their object. */
const READS: ReadonlySet<OperationKind> = new Set(['load', 'atomicLoad', 'look']);
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
  'waitpid',
]);
/** A visible operation of a compiled program: an access to memory, or an operation of the kernel. */
export class ProgramOperation implements Operation {
  readonly kind: OperationKind;
  readonly object: number;
  readonly also: number;
  readonly access: Access;
  readonly plain: boolean;
  readonly blocks: boolean;
  /** A call of a built-in method on its object's contents, or a look into objects. */
  readonly isCall: boolean;
  /** What a look comes to see: numbers of objects and properties. */
  readonly parts: readonly number[];
  /** Index into `Program.sites`, or -1. */
  readonly site: number;
  /** Name of the kernel object; empty for memory. */
  readonly objectName: string;
  /** See `Operation.looks`. */
  readonly looks: readonly number[];
  /** Could it be done, or succeed, were its object in this state? */
  readonly possible: (before: unknown) => boolean;

  private constructor(
    kind: OperationKind,
    object: number,
    also: number,
    access: Access,
    site: number,
    target: KernelObject | null,
    possible: (before: unknown) => boolean,
    blocks = BLOCKING.has(kind),
    looks: readonly number[] = NONE,
  ) {
    this.kind = kind;
    this.object = object;
    this.also = also;
    this.access = access;
    this.site = site;
    this.plain = target === null || target.kind === 'contents';
    this.isCall = target?.kind === 'contents';
    this.parts = target instanceof ContentCall ? target.parts : NONE;
    this.objectName = target?.name ?? '';
    this.blocks = blocks;
    this.possible = possible;
    this.looks = looks;
  }

  /** A load or a store of the variable with this number. */
  static onMemory(object: number, isStore: boolean, site: number): ProgramOperation {
    const kind = isStore ? 'store' : 'load';
    return new ProgramOperation(kind, object, -1, isStore ? Access.Write : Access.Read, site, null, always);
  }

  /** The time to wait for the condition with this number is up. Whatever that is moved in front of, the wait was not over then. */
  static expiry(condition: number, site: number, isSpurious: boolean): ProgramOperation {
    const target = isSpurious ? NOBODY : CLOCK;
    return new ProgramOperation('sleep', condition, -1, Access.Conditional, site, target, always);
  }

  /** A look at several sources, until one has something to read. `looks`: see `Operation.looks`. */
  static onSources(
    { kind, object }: KernelOperation,
    looks: readonly number[],
    site: number,
  ): ProgramOperation {
    return new ProgramOperation(kind, -1, -1, Access.Read, site, object, always, true, looks);
  }

  /** A signal arrives at the process with this number. */
  static arrival(process: number, signal: string, { name }: Process): ProgramOperation {
    const target = { kind: 'process', name: `${signal} for ${name}` } as KernelObject;
    return new ProgramOperation('deliver', process, -1, Access.Write, -1, target, always);
  }

  /** A device is done, and the event loop with this number is told. */
  static completion(loop: number, device: string): ProgramOperation {
    const target = { kind: 'device', name: device } as KernelObject;
    return new ProgramOperation('io', loop, -1, Access.Write, -1, target, always);
  }

  /** An operation of a thread that something ended first (an end of the whole process with number `life`). It is never done now, but without that it would have been. */
  static cutOff(operation: ProgramOperation, life: number): ProgramOperation {
    const { kind, object, access, site } = operation;
    return new ProgramOperation(kind, object, life, access, site, null, () => false, true);
  }

  /** An operation of the kernel on the objects with these numbers. */
  static onObject(operation: KernelOperation, object: number, also: number, site: number): ProgramOperation {
    const { kind } = operation;
    return new ProgramOperation(
      kind,
      object,
      also,
      accessOf(operation),
      site,
      operation.object,
      possibilityOf(operation),
    );
  }
}

function accessOf({ kind }: KernelOperation): Access {
  if (READS.has(kind)) return Access.Read;
  return CONDITIONAL.has(kind) ? Access.Conditional : Access.Write;
}

/** What the end of a wait is about that nobody signalled, in words: a time that is up, or nothing. */
const CLOCK = { kind: 'clock', name: 'its time to wait is up' } as KernelObject;
const NOBODY = { kind: 'clock', name: 'wakes without a signal' } as KernelObject;
