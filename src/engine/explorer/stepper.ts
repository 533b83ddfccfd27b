import { BROKEN, Pipe } from '../kernel/ipc/pipe.ts';
import { PollSet, type Readable } from '../kernel/ipc/poll.ts';
import { SharedMemory } from '../kernel/ipc/shared-memory.ts';
import { Listener } from '../kernel/ipc/socket.ts';
import { type KernelObject, Operation as KernelOperation } from '../kernel/operation.ts';
import { Process, type Resource } from '../kernel/process.ts';
import type { Actor } from './actor.ts';
import { Deed } from './deed.ts';
import { Flow, isFlow } from './flow.ts';
import { NONE } from './model.ts';
import { Side, sharedName, wordName } from './names.ts';
import type { ProcessRecord } from './process-record.ts';
import { ProgramOperation } from './program-operation.ts';
import { WordKernel } from './word-kernel.ts';

/** Of a source, what decides whether there is something to read. */
const SIDES_SEEN = [Side.Main, Side.Sending, Side.Ending] as const;

/**
 * The explorer's kernel: a kernel that does nothing by itself (see `ThreadKernel`), with what processes share. What they do with it depends on each other at the grain of one end of a
 * pipe, one word of shared memory.
 */
export class Stepper extends WordKernel {
  private readonly flows = new Map<KernelObject, Flow>();
  private readonly namedObjects = new Map<string, KernelObject>();

  // --- what processes share by name -------------------------------------------------------------------------------------

  override named<O extends KernelObject>(kind: string, name: string, make: () => O): O {
    const key = `${kind} ${name}`;
    let object = this.namedObjects.get(key) as O | undefined;
    if (!object) {
      object = make();
      this.namedObjects.set(key, object);
      const { shared, objects } = this.names;
      const number = shared.get(key) ?? shared.size;
      shared.set(key, number);
      this.numberOf[object.id] = objects.of(sharedName(number));
    }
    return this.observe(object);
  }

  override perform(operation: KernelOperation): unknown {
    if (operation.object instanceof PollSet) {
      this.names.habits.meetLook();
      // Its time may be up at any moment: it never has to wait.
      if (operation.deadline < Number.POSITIVE_INFINITY) operation.outcome = 'timeout';
    }
    return super.perform(operation);
  }

  // --- the ends of pipes --------------------------------------------------------------------------------------------------

  private flowOf(object: KernelObject): Flow | null {
    if (!isFlow(object)) return null;
    let flow = this.flows.get(object);
    if (!flow) {
      flow = new Flow(object);
      this.flows.set(object, flow);
    }
    return flow;
  }

  /** The steps that made the pending operation of an actor possible, besides those known when it stopped there. */
  causesNow({ kernelOperation }: Actor): readonly number[] {
    if (kernelOperation === null) return NONE;
    const { object } = kernelOperation;
    if (object instanceof PollSet) return this.causesOfPoll(object, kernelOperation);
    return this.flowOf(object)?.causesOf(kernelOperation) ?? NONE;
  }

  /** Where several sources have something to read, any one of them would do. */
  private causesOfPoll({ sources }: PollSet, { outcome }: KernelOperation): readonly number[] {
    const readable = sources.filter(({ isReadable }) => isReadable);
    if (outcome !== 'none' || readable.length !== 1) return NONE;
    return this.flowOf(readable[0] as Readable)?.causesOfReading ?? NONE;
  }

  /** Operations done since somebody emptied the list; null where nobody wants to know. */
  done: KernelOperation[] | null = null;

  protected override executed(operation: KernelOperation): void {
    super.executed(operation);
    this.done?.push(operation);
  }

  protected override execute(operation: KernelOperation): unknown {
    if (operation.object instanceof PollSet)
      for (const mark of this.marksOfSources(operation.object)) this.noteTouched(~mark, false);
    const result = super.execute(operation);
    if (result === BROKEN) return this.brokenPipe(operation);
    const { object, kind } = operation;
    if (!isFlow(object)) return result;
    this.flowOf(object)?.note(operation, result, this.step);
    if (kind === 'send' || kind === 'connect')
      this.noteTouched(this.numberOfObject(object, Side.Openness), false);
    else if (this.isClosingWriter(operation)) this.flowOf(object)?.noteClosed(this.step);
    return result;
  }

  private isClosingWriter({ kind, object, argument }: KernelOperation): boolean {
    return kind === 'close' && object instanceof Pipe && argument === 'writer';
  }

  /** Nothing depends on when a writing end is closed, unless somebody looks without reading: who finds the pipe empty needs all of them closed. */
  protected override isSilent(operation: KernelOperation): boolean {
    const isQuietEnd = this.isClosingWriter(operation) && !this.names.habits.looksAtSources;
    return isQuietEnd || super.isSilent(operation);
  }

  protected dropResource(resource: Resource, process: Process): void {
    if (resource instanceof Pipe) {
      if (resource.writers.has(process)) {
        this.flowOf(resource)?.noteClosed(this.step);
        if (this.names.habits.looksAtSources)
          this.noteTouched(this.numberOfObject(resource, Side.Ending), true);
      }
      if (resource.readers.has(process)) this.noteTouched(this.numberOfObject(resource, Side.Openness), true);
    } else if (resource instanceof Listener)
      this.noteTouched(this.numberOfObject(resource, Side.Openness), true);
    resource.drop(process);
    this.settle(resource);
  }

  protected endsWriting({ process }: ProcessRecord): boolean {
    return [...process.resources].some(
      (resource) => resource instanceof Pipe && resource.writers.has(process),
    );
  }

  override noteLook(source: KernelObject): void {
    this.names.habits.meetLook();
    for (const side of SIDES_SEEN) this.noteTouched(this.numberOfObject(source, side), false);
  }

  /** Marks of what somebody sees who looks whether one of several sources has something to read. */
  private marksOfSources({ sources }: PollSet): number[] {
    const numbers = new Set(
      sources.flatMap((source) => SIDES_SEEN.map((side) => this.numberOfObject(source, side))),
    );
    return [...numbers].map((number) => ~number);
  }

  override approach(object: KernelObject, kind: 'look' | 'listen'): unknown {
    return this.perform(new KernelOperation(kind, new Deed(object, () => undefined)));
  }

  // --- what depends on what -----------------------------------------------------------------------------------------------

  protected override visible(operation: KernelOperation, site: number): ProgramOperation {
    if (operation.object instanceof PollSet)
      return ProgramOperation.onSources(operation, this.marksOfSources(operation.object), site);
    const number = this.numberOfUsed(operation);
    if (number < 0) return super.visible(operation, site);
    const also = operation.kind === 'exit' ? this.numberOfEnded(operation) : -1;
    return ProgramOperation.onObject(operation, number, also, site);
  }

  /** Number of what an operation uses of its object, where that is not the object as such; else -1. */
  private numberOfUsed(operation: KernelOperation): number {
    const { kind, object, argument } = operation;
    if (object instanceof SharedMemory)
      return this.numberOfWord(object, (argument as { index: number }).index);
    const it = object instanceof Deed ? object.about : object;
    if (it instanceof Process && (kind === 'waitpid' || (kind === 'exit' && it !== operation.argument)))
      return this.numberOfObject(it, Side.Children);
    if (!isFlow(it)) return -1;
    if (this.isClosingWriter(operation)) return this.numberOfObject(it, Side.Ending);
    if (kind === 'look' || kind === 'listen' || kind === 'close')
      return this.numberOfObject(it, Side.Openness);
    return kind === 'send' || kind === 'connect' ? this.numberOfObject(it, Side.Sending) : -1;
  }

  private numberOfWord(memory: SharedMemory, index: number): number {
    return this.names.objects.of(wordName(this.numberOfObject(memory), index));
  }

  /** Number of the process that an `exit` ends, where more than its parent depends on that; else -1. */
  private numberOfEnded({ argument, object }: KernelOperation): number {
    const { life } = this.record(argument as Process);
    const isAwaited = (object as Deed).about !== argument;
    return isAwaited && this.names.habits.isDisturbed(life) ? life : -1;
  }

  protected override noteTouchedBy(operation: KernelOperation): void {
    if (operation.object instanceof PollSet) return;
    if (this.isClosingWriter(operation) && !this.names.habits.looksAtSources) return;
    const number = this.numberOfUsed(operation);
    if (number < 0) super.noteTouchedBy(operation);
    else this.noteTouched(number, operation.kind !== 'atomicLoad' && operation.kind !== 'look');
  }
}
