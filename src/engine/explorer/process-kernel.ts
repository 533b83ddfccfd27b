import { Container, initOf, pidSeenBy } from '../kernel/container.ts';
import { SystemError } from '../kernel/errors.ts';
import type { ProcessSettings } from '../kernel/kernel.ts';
import { type KernelObject, Operation as KernelOperation } from '../kernel/operation.ts';
import { type ExitStatus, Process } from '../kernel/process.ts';
import type { SignalAction } from '../kernel/signals.ts';
import type { Thread } from '../kernel/thread.ts';
import { type Host, Instance, SUSPENDED } from '../language/index.ts';
import type { Actor } from './actor.ts';
import { Deed } from './deed.ts';
import { ExplorerHost } from './explorer-host.ts';
import { ForkReplay } from './fork-replay.ts';
import type { Habits } from './habits.ts';
import { History } from './history.ts';
import { copyName, MOST_SPACES, objectName, SPACE_BYTES } from './names.ts';
import { ProcessRecord } from './process-record.ts';
import { ProgramOperation } from './program-operation.ts';
import { IdleLoop } from './stdout.ts';
import { ThreadKernel } from './thread-kernel.ts';

/** A program without these words cannot copy a process, so nothing needs to be remembered. */
const MAY_FORK = /\b(?:fork|Process)\b/;
/** Children of the first process have the pids 2, 3, …; the nth child of process p has the pid p * 100 + n. */
const CHILDREN_A_PROCESS = 100;

/**
 * Processes in the explorer: how they come into being and what becomes of them when they end. Forking a process with one thread is no scheduling point: nobody else can notice
 * when it happens. With several threads the copy depends on what each of them has done, so it is a step that depends on all of theirs; and so is an end that ends other threads too.
 */
export abstract class ProcessKernel extends ThreadKernel {
  readonly records = new Map<Process, ProcessRecord>();
  /** Numbers of containers as objects. */
  private readonly containers = new Map<unknown, number>();

  /** Run every thread there is at the start up to its first visible operation. */
  begin(): void {
    const first = this.boot('main');
    const history = MAY_FORK.test(this.program.source) ? new History() : null;
    this.enter(first.main, this.recordOf(first, 0, history));
    this.settleAll();
  }

  private recordOf(process: Process, firstThread: number, history: History | null): ProcessRecord {
    const space = this.names.spaces.of(firstThread);
    if (space >= MOST_SPACES)
      throw new SystemError('EAGAIN', `fork: the explorer follows at most ${MOST_SPACES} processes`);
    const life = this.names.objects.of(objectName(firstThread, 0));
    const loop = new IdleLoop(this.newId());
    this.numberOf[process.id] = life;
    const record = new ProcessRecord(process, space * SPACE_BYTES, life, loop, history);
    this.records.set(process, record);
    const host = process.instance.runtime.host as ExplorerHost;
    host.offset = record.offset;
    host.process = process;
    return record;
  }

  /** Nobody will ask this execution for anything any more. */
  release(): void {
    for (const { process } of this.records.values())
      (process.instance.runtime.host as ExplorerHost).release();
  }

  protected hostFor(): Host {
    return new ExplorerHost(this);
  }

  protected record(process: Process): ProcessRecord {
    return this.records.get(process) as ProcessRecord;
  }

  // --- birth ----------------------------------------------------------------------------------------------------------

  override fork(body: (() => unknown) | null, settings: ProcessSettings): unknown {
    this.requireSuspendable('fork');
    const { thread, record } = this.actor;
    if (this.names.isTso && record.created > 1)
      throw new SystemError(
        'ENOSYS',
        'fork: under total store order the explorer copies only processes that have had one thread',
      );
    this.calls++;
    const act = () => this.makeChild(body, settings);
    const fork = new KernelOperation('fork', new Deed(record.process, act));
    fork.thread = thread;
    if (record.live > 1) this.names.habits.disturb(record.life, true);
    this.hold(this.actor, fork);
    return SUSPENDED;
  }

  private makeChild(body: (() => unknown) | null, settings: ProcessSettings): number {
    const { record, thread } = this.actor;
    const parent = record.process;
    const first = this.nextProcess();
    const pid =
      parent.pid === 1 ? 2 + record.children : parent.pid * CHILDREN_A_PROCESS + record.children + 1;
    record.children++;
    const child = new Process(this.unnamedId(), pid, settings.name ?? `process ${pid}`, parent);
    parent.children.push(child);
    child.instance = new Instance(this.program, this.hostFor(), this.library.module);
    this.processes.push(child);
    this.inherit(parent, child, settings);
    child.runsBody = body !== null;
    const history = (record.history as History).forChild(thread.index, body !== null);
    const own = this.recordOf(child, first, history);
    const survivor = this.replay(child, own, first);
    this.inheritMemory(parent, child);
    survivor.tid = this.threads.push(survivor);
    child.threads.push(survivor);
    child.live = 1;
    this.enter(survivor, own, first);
    return pidSeenBy(parent, child);
  }

  /** The child has what was stored at addresses, and its parent's mappings. */
  protected abstract inheritMemory(parent: Process, child: Process): void;

  private inherit(parent: Process, child: Process, settings: ProcessSettings): void {
    child.nice = settings.nice ?? parent.nice;
    child.memoryLimit = settings.memoryLimit ?? parent.memoryLimit;
    child.container = settings.container ?? parent.container;
    if (child.container) this.enterContainer(child, child.container);
    for (const resource of parent.resources) {
      resource.inherit(parent, child);
      child.resources.add(resource);
    }
  }

  /** Numbers in a pid namespace are given out in the order in which processes come. */
  private enterContainer(child: Process, container: Container): void {
    container.members.push(child);
    if (!container.privatePids) return;
    const life = this.containers.get(container);
    if (life !== undefined) this.noteTouched(life, true);
  }

  /** Runs the child's copy of the program up to the fork; its only thread. */
  private replay(child: Process, { history, copied }: ProcessRecord, first: number): Thread {
    const host = child.instance.runtime.host as ExplorerHost;
    const numberFor = (_: Process, thread: number) => {
      const id = this.unnamedId();
      copied[thread] = (copied[thread] ?? 0) + 1;
      this.numberOf[id] = this.names.objects.of(copyName(first, thread, copied[thread] as number));
      return id;
    };
    const { program, library, fuel } = this;
    const setActionOf = this.setActionOf.bind(this);
    const replay = new ForkReplay(
      { program, library, fuel, numberFor, setActionOf },
      child,
      history as History,
    );
    host.replay = replay;
    const survivor = replay.run();
    host.replay = null;
    this.library.kernel = this;
    return survivor;
  }

  protected abstract setActionOf(process: Process, signal: string, action: SignalAction): SignalAction;

  // --- death ----------------------------------------------------------------------------------------------------------

  override exit(code: number): typeof SUSPENDED {
    const { record, thread } = this.actor;
    const { habits } = this.names;
    if (!record.process.instance.canSuspend) return super.exit(code);
    if (record.live > 1 && this.processes.length > 1) habits.disturb(record.life, false);
    if (!this.leavesTraces(record, habits) && !this.isAwaited(record) && !habits.isDisturbed(record.life))
      return super.exit(code);
    this.calls++;
    this.holdEnd(thread, record, () => this.exitProcess(record.process, { code, signal: null }));
    return SUSPENDED;
  }

  /** Does somebody wait for whichever child ends first? */
  private isAwaited({ process }: ProcessRecord): boolean {
    return process.parent !== null && this.names.habits.waitsForAnyChild;
  }

  private holdEnd(thread: Thread, record: ProcessRecord, act: () => void): void {
    const { process } = record;
    const about = this.isAwaited(record) ? (process.parent as Process) : process;
    const end = new KernelOperation('exit', new Deed(about, act), process);
    end.thread = thread;
    this.hold(this.actor, end);
  }

  /**
   * The end of a process is a step where a signal may come before it, or somebody waits for whichever child ends first. Where threads are detached the end of every thread is one: the end
   * of the last that is not cuts the others off.
   */
  protected endsVisibly({ thread, record }: Actor, value: unknown): boolean {
    const { habits } = this.names;
    const matters =
      this.isAwaited(record) || habits.isDisturbed(record.life) || this.leavesTraces(record, habits);
    if (!habits.detaches && (!matters || record.process.live > 1 || thread.isDetached)) return false;
    this.holdEnd(thread, record, () => this.endThread(thread, value));
    this.stand(this.actor, -1);
    return true;
  }

  /** Does the end of this process change what others look at: whether a source has ended, who their parent is? */
  leavesTraces(record: ProcessRecord, { looksAtSources, asksForParent }: Habits): boolean {
    return (
      (looksAtSources && this.endsWriting(record)) || (asksForParent && record.process.children.length > 0)
    );
  }

  /** Does the end of this process close writing ends? */
  protected abstract endsWriting(record: ProcessRecord): boolean;

  override exitProcess(process: Process, status: ExitStatus): void {
    if (process.exit !== null) return;
    const record = this.record(process);
    const isOnly = this.processes.every((other) => other === process || other.exit !== null);
    const left = record.actors.filter((actor) => !actor.isOver);
    const wereAble = left.map((actor) => this.couldGoOn(actor));
    record.endStep = this.step;
    super.exitProcess(process, status);
    if (isOnly && this.acting?.record === record) {
      this.hasExited ||= record.live > 1;
      // They are over; had this end come first, they would have become orphans.
      for (const child of process.children) {
        const life = this.records.get(child)?.life;
        if (life !== undefined) this.noteTouched(life, true);
      }
      return;
    }
    left.forEach((actor, i) => {
      if (actor === this.acting) this.endNow(actor);
      else this.cutOff(actor, wereAble[i] as boolean);
    });
    if (left.some((actor) => actor !== this.acting)) {
      this.names.habits.disturb(record.life, false);
      this.noteTouched(record.life, true);
    }
    for (const resource of process.resources) this.dropResource(resource, process);
    const init = initOf(process) ?? (this.processes[0] as Process);
    this.orphan(process, init);
    this.mourn(process);
    if (init === process) this.clearNamespace(process);
  }

  /** Its children become children of the first process of where it lives, as of init; where that is gone, of nobody. */
  private orphan(process: Process, init: Process): void {
    for (const child of process.children) {
      child.parent = init.exit === null ? init : null;
      // One that could not be followed has no record.
      const life = this.records.get(child)?.life;
      if (life !== undefined) this.noteTouched(life, true);
      if (child.parent) child.parent.children.push(child);
      else child.isReaped ||= child.exit !== null;
    }
    process.children.length = 0;
  }

  /** With process 1 of a pid namespace everything else in it ends. */
  private clearNamespace({ container }: Process): void {
    for (const member of container?.members ?? [])
      this.exitProcess(member, { code: null, signal: 'SIGKILL' });
  }

  /** A resource that the process had open is closed by its end. */
  protected abstract dropResource(
    resource: KernelObject & { drop(process: Process): void },
    process: Process,
  ): void;
  /** The parent of a process is told of its end. */
  protected abstract mourn(process: Process): void;

  private couldGoOn({ operation, kernelOperation, spin, buffer }: Actor): boolean {
    if (operation === null || spin.isWaiting) return false;
    return kernelOperation === null || (kernelOperation.enabled() && (buffer?.isEmpty ?? true));
  }

  /** The thread is over before it did its operation; had that come first, it would have been done. */
  private cutOff(actor: Actor, wasEnabled: boolean): void {
    this.stopWaiting(actor);
    actor.kernelOperation = null;
    actor.operation =
      wasEnabled && actor.operation ? ProgramOperation.cutOff(actor.operation, actor.record.life) : null;
    this.endNow(actor);
  }

  protected ended(): void {}

  // --- waiting for children ---------------------------------------------------------------------------------------------

  override childNumber(pid: number): number {
    const { container } = this.running.process;
    return this.observe(container?.privatePids ? (container.members[pid - 1]?.pid ?? pid) : pid);
  }

  protected override isSilent(operation: KernelOperation): boolean {
    const { kind, argument } = operation;
    const { habits } = this.names;
    if (kind === 'fork') return this.actor.record.live === 1;
    if (kind === 'exit') return false;
    if (kind === 'detach') habits.meetDetach();
    if (kind !== 'waitpid') return super.isSilent(operation);
    if ((argument as number) < 0) habits.meetWaitForAny();
    return !habits.waitsForAnyChild;
  }

  protected endsOfChildren({ object, argument }: KernelOperation): readonly number[] {
    const child = (object as Process).children.find(({ pid, exit }) => exit !== null && pid === argument);
    return child ? [this.record(child).endStep] : [];
  }

  /**
   * A list of processes is a step that depends on whatever any of them does. What a process has in memory is not known here: who asks for it is told.
   */
  override listProcesses(): unknown {
    const { record } = this.actor;
    this.requireSuspendable('processes');
    for (const { life } of this.records.values()) this.names.habits.disturb(life, false);
    const list = () => {
      for (const { life } of this.records.values()) if (life !== record.life) this.noteTouched(life, true);
      return this.visibleProcesses(record.process);
    };
    return this.perform(new KernelOperation('list', new Deed(record.process, list)));
  }

  private visibleProcesses(viewer: Process): object[] {
    return this.processes
      .filter((process) => !process.isReaped && pidSeenBy(viewer, process) > 0)
      .map((process) => {
        const { name, parent } = process;
        const entry = { pid: pidSeenBy(viewer, process), parent: pidSeenBy(viewer, parent), name };
        return Object.defineProperty({ ...entry, state: this.stateIn(process, viewer) }, 'memory', {
          enumerable: true,
          get: refuseMemory,
        });
      });
  }

  private stateIn(process: Process, viewer: Process): string {
    if (process.exit !== null) return 'zombie';
    if (process === viewer) return 'running';
    return this.record(process).actors.some((actor) => actor.isLocked || this.couldGoOn(actor))
      ? 'ready'
      : 'blocked';
  }

  override pids(): { readonly own: number; readonly parent: number } {
    const { process } = this.running;
    return this.observe({ own: pidSeenBy(process, process), parent: pidSeenBy(process, process.parent) });
  }

  /** Who the parent is changes when that ends. */
  override parentNumber(): unknown {
    const { process } = this.running;
    const { parent } = process;
    if (parent === null || !process.instance.canSuspend) return this.pids().parent;
    this.names.habits.meetAskForParent();
    const look = new Deed(process, () => pidSeenBy(process, process.parent));
    return this.perform(new KernelOperation('look', look));
  }

  // --- facts from outside, remembered for copies ------------------------------------------------------------------------

  override observe<T>(fact: T): T {
    this.actor.record.history?.given.push({ value: fact, isError: false });
    return fact;
  }

  override share<T>(make: () => T): T {
    const made = make();
    if (made instanceof Container) this.containers.set(made, this.numberOf[this.newId()] as number);
    return this.observe(made);
  }
}

function refuseMemory(): never {
  throw new SystemError(
    'ENOSYS',
    'processes: how much memory a process has in use is not modelled in the explorer; run the program instead',
  );
}
