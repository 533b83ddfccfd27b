import { SystemError } from '../kernel/errors.ts';
import type { SharedMemory } from '../kernel/ipc/shared-memory.ts';
import { mapSegments, placeMapping } from '../kernel/layout.ts';
import { Operation as KernelOperation } from '../kernel/operation.ts';
import type { Process } from '../kernel/process.ts';
import { storeInVariable } from '../kernel/words.ts';
import { SUSPENDED } from '../language/index.ts';
import { AddressSpace, Frames, hex, PAGE_BYTES, type Segment } from '../machine/memory/index.ts';
import { ContentCall } from './contents.ts';
import { ARENA_BYTES } from './explorer-host.ts';
import { LoopKernel } from './loop-kernel.ts';
import { wordName } from './names.ts';

const WORD_BYTES = 8;
/** Of the address spaces only the segments are used here. */
const SOME_MEMORY = 2 ** 30;

/** What lies behind a mapping that several processes see. */
interface SharedPages {
  readonly start: number;
  readonly end: number;
  /** The words, by their place in the mapping. */
  readonly words: Map<number, number> | SharedMemory;
  /** Name of the memory among those that are shared. */
  readonly number: number;
}

/**
 * Memory by address: `peek`, `poke`, mappings, and the faults of whoever goes where nothing is. A word that several threads or processes see is an object of its own; an access to it
 * is a step.
 */
export abstract class WordKernel extends LoopKernel {
  private readonly frames = new Frames(SOME_MEMORY);
  private readonly mappings = new Map<Process, SharedPages[]>();

  private spaceOf(process: Process): AddressSpace {
    if ((process.space as AddressSpace | undefined) === undefined) {
      process.space = new AddressSpace(process.id, this.frames);
      mapSegments(process.space);
    }
    return process.space;
  }

  protected inheritMemory(parent: Process, child: Process): void {
    child.mmapTop = parent.mmapTop;
    if ((parent.space as AddressSpace | undefined) !== undefined) child.space = parent.space.fork(child.id);
    this.mappings.set(child, [...(this.mappings.get(parent) ?? [])]);
    for (const [address, value] of this.record(parent).words) this.record(child).words.set(address, value);
  }

  override peek(address: number): unknown {
    return this.accessWord(address, false, (words, place) => words.get(place) ?? 0);
  }

  override poke(address: number, value: number): unknown {
    return this.accessWord(address, true, (words, place) => {
      words.set(place, value);
    });
  }

  private accessWord(
    address: number,
    isWrite: boolean,
    act: (words: Words, place: number) => unknown,
  ): unknown {
    const { process } = this.running;
    if (address % WORD_BYTES !== 0 && address >= PAGE_BYTES)
      throw new SystemError(
        'EINVAL',
        `${hex(address)} is not the address of a word: words begin at multiples of ${WORD_BYTES}`,
      );
    const why = this.whyNot(process, address, isWrite);
    if (why !== null) return this.segmentationFault(process, `segmentation fault at ${hex(address)}: ${why}`);
    const shared = this.mappings.get(process)?.find(({ start, end }) => address >= start && address < end);
    const call = shared
      ? () => act(wordsOf(shared), (address - shared.start) / WORD_BYTES)
      : () => act(this.wordsIn(process), address);
    const { objects } = this.names;
    const number = shared
      ? objects.of(wordName(shared.number, (address - shared.start) / WORD_BYTES))
      : objects.of(address + this.actor.record.offset);
    const isPrivate = !shared && (this.isAlone || !this.isNoticed(number, true));
    if (isPrivate) {
      this.calls++;
      return this.observe(call());
    }
    const id = this.unnamedId();
    this.numberOf[id] = number;
    return this.perform(
      new KernelOperation(isWrite ? 'store' : 'load', new WordAccess(id, hex(address), call)),
    );
  }

  /** The words of a process's own memory; where one of its variables lives, that is what is there. */
  private wordsIn(process: Process): Words {
    const { words } = this.record(process);
    const { instance } = process;
    return {
      get: (address) => instance.loadWord(address) ?? words.get(address),
      set: (address, value) => {
        if (!storeInVariable(instance, address, value)) words.set(address, value);
      },
    };
  }

  /** Why the process may not access the word, in words; null where it may. */
  private whyNot(process: Process, address: number, isWrite: boolean): string | null {
    if (process.instance.nameAt(address) !== undefined) return null;
    // Each thread's objects lie in a range of their own; all of them are the heap.
    const segment = this.spaceOf(process).segmentAt(address % ARENA_BYTES);
    if (segment === undefined)
      return address < PAGE_BYTES ? 'nothing is mapped at address 0 and near it' : 'nothing is mapped there';
    if (segment.guard) return 'this is a guard page';
    return isWrite && !segment.writable ? 'this page may not be written' : null;
  }

  private segmentationFault(process: Process, message: string): typeof SUSPENDED {
    process.error ??= new SystemError('SIGSEGV', message);
    if (process.pid === 1) {
      const { line = 0, column = 0 } = this.program.sites[this.running.stack.site] ?? {};
      this.failurePosition = { line, column };
      this.note('fault', `SIGSEGV: ${message}`);
      this.endNow(this.actor);
    } else this.exitProcess(process, { code: null, signal: 'SIGSEGV' });
    return SUSPENDED;
  }

  protected override abort(process: Process, address: number, outcome: string): unknown {
    const what = outcome === 'double' ? 'was freed before (double free)' : 'was not returned by malloc';
    const message = `free: ${hex(address)} ${what}`;
    if (process.pid === 1) throw new SystemError('SIGABRT', message);
    this.exitProcess(process, { code: null, signal: 'SIGABRT' });
    return SUSPENDED;
  }

  // --- mappings ---------------------------------------------------------------------------------------------------------

  override mmap(bytes: number, shared: boolean, protection: string): number {
    const { process } = this.running;
    const start = this.map(process, 'mmap', bytes, shared, protection);
    if (shared) {
      const number = this.numberOf[this.newId()] as number;
      this.addMapping(process, { start, end: start + bytes, words: new Map(), number });
    }
    return this.observe(start);
  }

  override mapShared(memory: SharedMemory): number {
    const { process } = this.running;
    const bytes = memory.values.length * WORD_BYTES;
    const start = this.map(process, memory.name, bytes, true, 'read-write');
    const number = this.numberOf[memory.id] as number;
    this.addMapping(process, { start, end: start + bytes, words: memory, number });
    return this.observe(start);
  }

  private map(process: Process, name: string, bytes: number, shared: boolean, protection: string): number {
    const start = placeMapping(process.mmapTop, bytes);
    if (start < 0) throw new SystemError('ENOMEM', `mmap: no room for ${bytes} bytes in the address space`);
    process.mmapTop = start + Math.ceil(bytes / PAGE_BYTES) * PAGE_BYTES + PAGE_BYTES;
    const writable = protection === 'read-write';
    this.spaceOf(process).map({ name, start, bytes, writable, shared, guard: protection === 'none' });
    return start;
  }

  private addMapping(process: Process, pages: SharedPages): void {
    const known = this.mappings.get(process);
    if (known) known.push(pages);
    else this.mappings.set(process, [pages]);
  }

  override munmap(address: number): void {
    const { process } = this.running;
    this.spaceOf(process).unmap(this.mapping(process, address, 'munmap'));
  }

  override mprotect(address: number, protection: string): void {
    const { process } = this.running;
    const mapping = this.mapping(process, address, 'mprotect');
    this.spaceOf(process).protect(mapping, protection === 'read-write', protection !== 'none');
  }

  private mapping(process: Process, address: number, call: string): Segment {
    const segment = this.spaceOf(process).segmentAt(address);
    if (segment?.name === 'mmap' && segment.start === address) return segment;
    throw new SystemError('EINVAL', `${call}: ${hex(address)} is not the start of a mapping made by mmap`);
  }
}

/** Words by place. */
interface Words {
  get(place: number): number | undefined;
  set(place: number, value: number): unknown;
}

function wordsOf({ words }: SharedPages): Words {
  if (words instanceof Map) return words;
  return {
    get: (place) => words.values[place],
    set: (place, value) => {
      words.values[place] = value;
    },
  };
}

/** An access to a word that others see; what it gives comes from outside the process. */
class WordAccess extends ContentCall {
  readonly isShared = true;
}
