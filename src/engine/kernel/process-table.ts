import { SUSPENDED } from '../language/index.ts';
import { type AddressSpace, PAGE_BYTES } from '../machine/memory/index.ts';
import { CostPart } from '../trace/trace.ts';
import { type Container, initOf, pidSeenBy, processSeenBy } from './container.ts';
import type { ForkLog } from './fork-log.ts';
import type { ProcessEntry, ProcessSettings } from './kernel.ts';
import type { ExitStatus, Process } from './process.ts';
import type { ProcessHost } from './process-host.ts';
import { Replay } from './replay.ts';
import { SignalDelivery } from './signal-delivery.ts';
import { memoryOf } from './snapshot.ts';
import type { Thread } from './thread.ts';

const MEBIBYTE = 2 ** 20;

/** A fork that has been asked for and waits for the end of the slice. */
interface ForkRequest {
  readonly body: (() => unknown) | null;
  readonly settings: ProcessSettings;
}

/** Processes: how they come into being, and what becomes of them when they end. */
export abstract class ProcessTable extends SignalDelivery {
  private readonly forks = new Map<Thread, ForkRequest>();

  // --- birth ------------------------------------------------------------------------------------------------------------

  /** Takes effect when the slice ends: then every thread of the process stands still. */
  override fork(body: (() => unknown) | null, settings: ProcessSettings): unknown {
    this.calls++;
    this.requireSuspendable('fork');
    this.forks.set(this.running, { body, settings });
    return SUSPENDED;
  }

  protected hasForkRequest(thread: Thread): boolean {
    return this.forks.has(thread);
  }

  /** The thread's slice has ended: if it asked for a fork, this is the moment. */
  protected forkIfAsked(thread: Thread): boolean {
    const request = this.forks.size > 0 ? this.forks.get(thread) : undefined;
    if (!request) return false;
    this.forks.delete(thread);
    const child = this.makeChild(thread, request);
    const pid = pidSeenBy(thread.process, child);
    thread.process.log?.answer(thread, pid, false);
    thread.stack.answer(pid);
    return true;
  }

  private makeChild(thread: Thread, { body, settings }: ForkRequest): Process {
    const parent = thread.process;
    const child = this.addProcess(settings.name ?? `process ${this.processes.length + 1}`, parent);
    child.nice = settings.nice ?? parent.nice;
    child.log = (parent.log as ForkLog).forChild(thread, body !== null);
    for (const resource of parent.resources) {
      resource.inherit(parent, child);
      child.resources.add(resource);
    }
    this.join(child, settings.container ?? parent.container);
    const survivor = this.replay(child);
    survivor.tid = this.threads.push(survivor);
    child.threads.push(survivor);
    child.live = 1;
    child.runsBody = body !== null;
    child.space = this.copySpace(parent, child);
    child.mmapTop = parent.mmapTop;
    child.memoryLimit = settings.memoryLimit ?? parent.memoryLimit;
    this.metrics.syscalls++;
    this.spend('forkBase');
    this.makeReady(survivor);
    return child;
  }

  /** The child's address space: the parent's pages, shared until one of them writes. */
  private copySpace(parent: Process, child: Process): AddressSpace {
    const mebibytes = (parent.space.resident * PAGE_BYTES) / MEBIBYTE;
    this.overhead(Math.round(mebibytes * this.costs.forkPerMebibyte), CostPart.Kernel);
    for (const { mmu } of this.cores) mmu.forget(parent.space);
    return parent.space.fork(child.id);
  }

  private join(process: Process, container: Container | null): void {
    process.container = container;
    container?.members.push(process);
  }

  /** Runs the child's copy of the program up to the fork; its only thread. */
  private replay(child: Process): Thread {
    const host = child.instance.runtime.host as ProcessHost;
    const replay = new Replay(this, child);
    const fuel = this.fuel[0] as number;
    host.replay = replay;
    this.hits.clear();
    const survivor = replay.run();
    host.replay = null;
    this.fuel[0] = fuel;
    this.library.kernel = this;
    return survivor;
  }

  override pids(): { readonly own: number; readonly parent: number } {
    this.systemCall();
    const { process } = this.running;
    return this.observe({ own: pidSeenBy(process, process), parent: pidSeenBy(process, process.parent) });
  }

  override setNice(nice: number): void {
    this.systemCall();
    super.setNice(nice);
  }

  override childNumber(pid: number): number {
    return this.observe(processSeenBy(this.running.process, pid, this.processes)?.pid ?? pid);
  }

  override listProcesses(): readonly ProcessEntry[] {
    this.systemCall();
    const viewer = this.running.process;
    const visible = this.processes.filter((it) => !it.isReaped && pidSeenBy(viewer, it) > 0);
    return this.observe(
      visible.map((it) => ({
        pid: pidSeenBy(viewer, it),
        parent: pidSeenBy(viewer, it.parent),
        name: it.name,
        state: it.state,
        memory: it.space.resident * PAGE_BYTES,
      })),
    );
  }

  // --- death ------------------------------------------------------------------------------------------------------------

  override exitProcess(process: Process, status: ExitStatus): void {
    if (process.exit !== null) return;
    super.exitProcess(process, status);
    const mebibytes = (process.space.resident * PAGE_BYTES) / MEBIBYTE;
    if (process.parent !== null) this.spend('exitWait');
    this.overhead(Math.round(mebibytes * this.costs.exitPerMebibyte), CostPart.Kernel);
    process.lastMemory = memoryOf(process, (frame) => this.frames.referencesTo(frame) > 1);
    process.space.clear();
    for (const resource of process.resources) {
      resource.drop(process);
      this.settle(resource);
    }
    const init = initOf(process) ?? (this.processes[0] as Process);
    for (const orphan of process.children) this.adopt(orphan, init);
    process.children.length = 0;
    this.mourn(process);
    if (init === process) this.clearNamespace(process);
  }

  /** With process 1 of a pid namespace everything else in it ends. */
  private clearNamespace({ container }: Process): void {
    for (const member of container?.members ?? [])
      this.exitProcess(member, { code: null, signal: 'SIGKILL' });
  }

  /** An orphan becomes a child of the first process of where it lives, as of init; where that is gone, of nobody. */
  private adopt(orphan: Process, init: Process): void {
    orphan.parent = init.exit === null ? init : null;
    if (orphan.parent) orphan.parent.children.push(orphan);
    else orphan.isReaped ||= orphan.exit !== null;
  }

  /** The parent is told, and can collect the status; until then the process is a zombie. */
  private mourn(process: Process): void {
    const { parent } = process;
    if (parent === null || parent.exit !== null) {
      process.isReaped = true;
      return;
    }
    this.settle(parent);
    this.sendSignal(parent, 'SIGCHLD');
  }
}
