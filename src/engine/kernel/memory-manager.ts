import { SUSPENDED } from '../language/index.ts';
import {
  type AddressSpace,
  type FaultOutcome,
  hex,
  PAGE_BYTES,
  PAGE_SHIFT,
  type Segment,
} from '../machine/memory/index.ts';
import { CostPart } from '../trace/trace.ts';
import { SystemError } from './errors.ts';
import type { SharedMemory } from './ipc/shared-memory.ts';
import { placeMapping } from './layout.ts';
import type { Process } from './process.ts';
import type { ProcessHost } from './process-host.ts';
import { ProcessTable } from './process-table.ts';
import { checkWord, storeInVariable, WORD } from './words.ts';

const LAST_ADDRESS = 0xffff_ffff;

/** Memory as the kernel manages it: page faults, mappings, limits, and the killer that comes when there is no memory left. */
export abstract class MemoryManager extends ProcessTable {
  /** What went well although it may be a mistake. */
  readonly warnings = new Set<string>();

  /**
   * A load or store found no frame, or may not write. Does what has to be done and charges it; false where the process got the signal instead.
   */
  handleFault(process: Process, address: number, isWrite: boolean, value = 0): boolean {
    for (;;) {
      if (!this.hasRoom(process)) return false;
      const outcome = process.space.fault(address, isWrite);
      if (outcome !== 'no-memory') return this.settleFault(process, address, outcome, isWrite, value);
      if (!this.makeRoom(process)) return false;
    }
  }

  private settleFault(
    process: Process,
    address: number,
    outcome: FaultOutcome,
    isWrite: boolean,
    value: number,
  ): boolean {
    const { costs, metrics } = this;
    if (outcome === 'unmapped' || outcome === 'protected' || outcome === 'guard') {
      this.segmentationFault(process, address, outcome, isWrite, value);
      return false;
    }
    metrics.pageFaults++;
    this.overhead(costs.pageFault, CostPart.Fault);
    if (outcome === 'demand') this.overhead(costs.pageAllocate + costs.pageZero, CostPart.Fault);
    if (outcome === 'copied') this.overhead(costs.copyOnWrite + costs.pageCopy, CostPart.Fault);
    this.flushPage(address);
    return true;
  }

  private flushPage(address: number): void {
    for (const { mmu } of this.cores) mmu.flushPage(address >>> PAGE_SHIFT);
  }

  private segmentationFault(
    process: Process,
    address: number,
    outcome: FaultOutcome,
    isWrite: boolean,
    value: number,
  ): void {
    const why = {
      unmapped:
        address < PAGE_BYTES ? 'nothing is mapped at address 0 and near it' : 'nothing is mapped there',
      protected: 'this page may not be written',
      guard: 'this is a guard page',
    }[outcome as 'unmapped' | 'protected' | 'guard'];
    const again =
      this.running.fault === null ? '' : '; it happened again after, or in, the handler of a fault';
    process.error ??= new SystemError('SIGSEGV', `segmentation fault at ${hex(address)}: ${why}${again}`);
    this.raise(process, { signal: 'SIGSEGV', kind: isWrite ? 'store' : 'load', address, value });
  }

  // --- limits -----------------------------------------------------------------------------------------------------------

  /** Is the process, and its container, below the limit of memory? Else it is killed. */
  private hasRoom(process: Process): boolean {
    const { container, space } = process;
    const inContainer =
      container?.members.reduce((sum, it) => sum + (it.exit ? 0 : it.space.resident), 0) ?? 0;
    const isOver = (space.resident + 1) * PAGE_BYTES > process.memoryLimit;
    const isContainerOver = container !== null && (inContainer + 1) * PAGE_BYTES > container.memoryLimit;
    if (!isOver && !isContainerOver) return true;
    const limit = isOver ? process.memoryLimit : (container?.memoryLimit ?? 0);
    const whose = isOver ? 'its memory limit' : `the memory limit of ${container?.name}`;
    const victim = isOver ? process : largest(container?.members ?? [process]);
    this.kill9(victim, `${whose} of ${limit} bytes was passed`);
    return victim !== process && process.exit === null;
  }

  /** No frame is free: the largest process is killed. False where that was the one that asked. */
  private makeRoom(process: Process): boolean {
    const victim = largest(this.processes);
    this.kill9(
      victim,
      `the machine ran out of memory and ${victim.name} used most of it (${victim.space.resident * PAGE_BYTES} bytes)`,
    );
    return victim !== process;
  }

  private kill9(victim: Process, reason: string): void {
    victim.error ??= new SystemError('ENOMEM', `${victim.name} (pid ${victim.pid}) was killed: ${reason}`);
    this.write(victim, `Out of memory: killed process ${victim.pid} (${victim.name}): ${reason}`);
    this.exitProcess(victim, { code: null, signal: 'SIGKILL' });
  }

  // --- the words of memory --------------------------------------------------------------------------------------------------

  override peek(address: number): unknown {
    const { process } = this.running;
    this.calls++;
    const frame = this.frameFor(process, address, false);
    if (frame < 0) return SUSPENDED;
    return this.observe(
      this.running.process.instance.loadWord(address) ?? this.frames.load(frame, address % PAGE_BYTES),
    );
  }

  override poke(address: number, value: number): unknown {
    this.calls++;
    const frame = this.frameFor(this.running.process, address, true, value);
    if (frame < 0) return SUSPENDED;
    if (!storeInVariable(this.running.process.instance, address, value))
      this.frames.store(frame, address % PAGE_BYTES, value);
    return undefined;
  }

  private frameFor(process: Process, address: number, isWrite: boolean, value = 0): number {
    checkWord(address);
    const { mmu } = this.running.process.instance.runtime.host as ProcessHost;
    let ticks = address > LAST_ADDRESS ? -1 : mmu.access(address, isWrite);
    if (ticks < 0) {
      if (!this.handleFault(process, address, isWrite, value)) return -1;
      ticks = Math.max(0, mmu.access(address, isWrite));
    }
    this.work(this.costs.access + ticks);
    this.warnOfFreed(process, address, isWrite);
    return process.space.frameOf(Math.floor(address / PAGE_BYTES), isWrite);
  }

  /** A real machine does not notice that a block was freed, and here somebody else may have it by now: the report says so. */
  private warnOfFreed(process: Process, address: number, isWrite: boolean): void {
    const block = process.heap.freedBlockAt(address);
    if (block < 0) return;
    const what = isWrite ? 'writes to' : 'reads';
    this.warnings.add(
      `Use after free: ${this.running.name} ${what} ${hex(address)}, in the block at ${hex(block)} that was given back with free. The next malloc may hand it out again.`,
    );
  }

  protected override abort(process: Process, address: number, outcome: string): unknown {
    const what = outcome === 'double' ? 'was freed before (double free)' : 'was not returned by malloc';
    process.error ??= new SystemError('SIGABRT', `free: ${hex(address)} ${what}`);
    this.calls++;
    this.raise(process, { signal: 'SIGABRT', kind: 'abort', address, value: 0 });
    return SUSPENDED;
  }

  // --- mappings -----------------------------------------------------------------------------------------------------------

  override mmap(bytes: number, shared: boolean, protection: string): number {
    this.systemCall();
    const { process } = this.running;
    return this.record(() => {
      const start = this.reserve(process, bytes);
      const writable = protection === 'read-write';
      process.space.map({ name: 'mmap', start, bytes, writable, shared, guard: protection === 'none' });
      if (shared)
        for (let at = start; at < start + bytes; at += PAGE_BYTES) process.space.fault(at, writable);
      return start;
    });
  }

  private reserve(process: Process, bytes: number): number {
    const start = placeMapping(process.mmapTop, bytes);
    if (start < 0) throw new SystemError('ENOMEM', `mmap: no room for ${bytes} bytes in the address space`);
    process.mmapTop = start + Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES + PAGE_BYTES;
    return start;
  }

  private mapping(process: Process, address: number, call: string): Segment {
    const segment = process.space.segmentAt(address);
    if (segment?.name === 'mmap' && segment.start === address) return segment;
    throw new SystemError('EINVAL', `${call}: ${hex(address)} is not the start of a mapping made by mmap`);
  }

  override munmap(address: number): void {
    this.systemCall();
    const { process } = this.running;
    process.space.unmap(this.record(() => this.mapping(process, address, 'munmap')));
    this.forgetTranslations(process.space);
  }

  override mprotect(address: number, protection: string): void {
    this.systemCall();
    const { process } = this.running;
    process.space.protect(
      this.record(() => this.mapping(process, address, 'mprotect')),
      protection === 'read-write',
      protection !== 'none',
    );
    this.forgetTranslations(process.space);
  }

  protected forgetTranslations(space: AddressSpace): void {
    for (const { mmu } of this.cores) mmu.forget(space);
  }

  override mapShared(memory: SharedMemory): number {
    const { process } = this.running;
    const bytes = memory.values.length * WORD;
    const pages = Math.ceil(bytes / PAGE_BYTES);
    return this.record(() => {
      const start = this.reserve(process, bytes);
      process.space.map({ name: memory.name, start, bytes, shared: true });
      while (memory.frames.length < pages) memory.frames.push(this.frameForShared(memory));
      for (let i = 0; i < pages; i++)
        process.space.attach((start >>> PAGE_SHIFT) + i, memory.frames[i] as number, true);
      return start;
    });
  }

  private frameForShared(memory: SharedMemory): number {
    const frame = this.frames.allocate();
    if (frame >= 0) return frame;
    throw new SystemError('ENOMEM', `SharedMemory '${memory.name}': the machine has no memory left`);
  }
}

function largest(processes: readonly Process[]): Process {
  const living = processes.filter(({ exit }) => exit === null);
  return living.reduce((most, it) => (it.space.resident > most.space.resident ? it : most));
}
