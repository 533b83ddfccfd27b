/** A program in a process: its module variables, its event loop, its heap addresses. */
import { STACK_BYTES } from './addresses.ts';
import { type Host, SUSPENDED } from './host.ts';
import type { Position } from './positions.ts';
import type { Program } from './program.ts';
import type { Frame } from './runtime/forms.ts';
import { load } from './runtime/load.ts';
import { runModule } from './runtime/module.ts';
import { theRealm } from './runtime/realm.ts';
import { Support } from './runtime/support.ts';
import { ThreadStack } from './runtime/thread-stack.ts';
import type { Stack } from './stack.ts';

/** How `Instance.call` makes a stack. */
export interface CallOptions {
  readonly thisArg?: unknown;
  /** Bytes of simulated stack; a call takes `FRAME_BYTES`. */
  readonly stackBytes?: number;
}

/** One process's run of a program. Cheap to make: the code is evaluated once for each program. */
export class Instance {
  readonly program: Program;
  readonly runtime: Support;
  private readonly body: (rt: Support, library: Readonly<Record<string, unknown>>) => Frame;
  private readonly library: Readonly<Record<string, unknown>>;

  /** `library`: what `import ... from 'interleave'` gives. Throws where the program is of another format. */
  constructor(program: Program, host: Host, library: Readonly<Record<string, unknown>>, realm = theRealm()) {
    this.program = program;
    const { marks, body } = load(program);
    this.runtime = new Support(host, realm, marks, program);
    this.library = library;
    this.body = body;
  }

  /** The stack of the first thread: runs the module's body, then the event loop until that is empty. */
  main(stackBytes = STACK_BYTES): Stack {
    return this.threadOf(runModule(this.runtime, this.body(this.runtime, this.library)), stackBytes);
  }

  /** A stack that calls a function of the reader (or any function) and ends with its result. */
  call(f: Function, args: readonly unknown[] = [], options: CallOptions = {}): Stack {
    return this.threadOf(
      callFrame(this.runtime, f, options.thisArg, args),
      options.stackBytes ?? STACK_BYTES,
    );
  }

  /** The stack of a process that begins with a function: calls it, then runs the event loop; ends with its result. */
  enter(f: Function, stackBytes = STACK_BYTES): Stack {
    return this.threadOf(enterFrame(this.runtime, f), stackBytes);
  }

  /** False while native code calls the reader's code: a kernel call that would block has to throw instead. */
  get canSuspend(): boolean {
    return this.runtime.step === 0;
  }

  /** What a word of memory holds that one of the program's variables or properties lives in; undefined where none does. */
  loadWord(address: number): number | undefined {
    const { words } = this.runtime;
    const word = words?.at(address);
    if (words === null || word === undefined) return undefined;
    try {
      return words.encode(word.get());
    } catch {
      return 0; // Declared, not yet initialised.
    }
  }

  /**
   * Changes the variable or property that lives at an address. `absent`: there is none. `refused`: it is a constant, or holds a string, an object or a function, of which a
   * number can be no address.
   */
  storeWord(address: number, value: number): 'stored' | 'absent' | 'refused' {
    const word = this.runtime.words?.at(address);
    if (word === undefined) return 'absent';
    if (word.set === null) return 'refused';
    let before: unknown;
    try {
      before = word.get();
    } catch {
      return 'refused';
    }
    if (before !== undefined && before !== null && typeof before !== 'number' && typeof before !== 'boolean')
      return 'refused';
    word.set(typeof before === 'boolean' ? value !== 0 : value);
    return 'stored';
  }

  /** What the reader calls what lives at an address. */
  nameAt(address: number): string | undefined {
    return this.runtime.words?.at(address)?.name;
  }

  /** Virtual address of an object or function (allocated at first use); 0 for a primitive value. */
  addressOf(value: unknown, key?: PropertyKey): number {
    const { addresses } = this.runtime;
    if (key !== undefined) return addresses.element(value, key);
    return addresses.ofObject(value);
  }

  /** Where in the reader's source an error arose; null where that is unknown. */
  positionOf(error: unknown): Position | null {
    return this.positionsOf(error)[0] ?? null;
  }

  /** The reader's frames of an error, innermost first, as far as they are known. */
  positionsOf(error: unknown): Position[] {
    return this.runtime.errors.positions(error);
  }

  /** The stack of an error as text, a line for each frame (`at work (snippet.ts:3:7)`); empty where unknown. */
  stackOf(error: unknown): string[] {
    return typeof error === 'object' && error !== null ? this.runtime.errors.lines(error) : [];
  }

  private threadOf(frame: Frame, stackBytes: number): Stack {
    return new ThreadStack(
      this.runtime,
      frame,
      (site) => this.program.sites[site]?.function ?? -1,
      stackBytes,
    );
  }
}

function* enterFrame(rt: Support, f: Function): Frame {
  let result = rt.apply(f, undefined, []);
  if (result === SUSPENDED) result = yield;
  yield* rt.loop.run(rt);
  return result;
}

function* callFrame(rt: Support, f: Function, self: unknown, args: readonly unknown[]): Frame {
  const result = rt.apply(f, self, args);
  return result === SUSPENDED ? yield : result;
}
