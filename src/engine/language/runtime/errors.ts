/**
 * What the reader sees of an error: a stack of their own frames instead of the engine's, and a message with their own
 * names. An error is noted when it is made or first caught; its text is made when somebody asks.
 */
import { frameText, type Position, positionAt, positionsIn } from '../positions.ts';
import type { Program } from '../program.ts';

/** Frames that a stack trace shows, as in Node. */
const SHOWN = 10;

/** What was known when an error was noted. */
interface Note {
  /** The line above the frames; null: the native trace has it. */
  readonly head: string | null;
  /** The native stack trace, made when first asked for. */
  readonly trace: () => string;
  /** Sites of the frames that were suspended below, innermost first, as many as can be shown. */
  readonly below: readonly number[];
  /** Frames below those. */
  readonly more: number;
}

/** The errors of one process. */
export class Errors {
  private readonly program: Program | null;
  private readonly notes = new WeakMap<object, Note>();

  /** The value thrown last that was no object, and where: it can carry no trace of its own. */
  private bare: { readonly value: unknown; readonly site: number } | null = null;

  constructor(program: Program | null) {
    this.program = program;
  }

  /**
   * Note an error while the frames that it passes are still known. `sites`: where the thread's suspended frames stand,
   * innermost last; the last `running` of them are in the native stack trace, that of `traced` where the error's own
   * is not of use. Does nothing the second time.
   */
  note(error: unknown, sites: readonly number[], running: number, isReaders = false, traced?: Error): void {
    if (this.program === null || !(error instanceof Error) || this.notes.has(error)) return;
    const below: number[] = [];
    let i = sites.length - 1 - running;
    for (; i >= 0 && below.length < SHOWN; i--) {
      const site = sites[i] as number;
      if (site >= 0) below.push(site);
    }
    if (!isReaders) clean(error);
    const head = traced === undefined ? null : summary(error);
    const note: Note = { head, trace: nativeTrace(traced ?? error), below, more: i + 1 };
    this.notes.set(error, note);
    this.showStack(error, note);
  }

  /** A value is about to be thrown at a site. */
  thrown(value: unknown, site: number): void {
    if (typeof value !== 'object' || value === null) this.bare = { value, site };
  }

  /** The reader's frames of an error, innermost first, as far as they are known. */
  positions(error: unknown): Position[] {
    const { program } = this;
    if (program === null) return [];
    if (typeof error !== 'object' || error === null) {
      const { bare } = this;
      const site = bare !== null && Object.is(bare.value, error) ? program.sites[bare.site] : undefined;
      return site === undefined ? [] : [positionAt(site)];
    }
    const note = this.notes.get(error);
    if (note !== undefined) return this.framesOf(program, note);
    const { stack } = error as { stack?: unknown };
    return typeof stack === 'string' ? positionsIn(program, stack) : [];
  }

  /** The stack of an error as text, one frame a line, without its message. */
  lines(error: object): string[] {
    const { program } = this;
    if (program === null) return [];
    const frames = this.positions(error);
    const shown = frames.slice(0, SHOWN).map((frame) => frameText(program, frame));
    const more = frames.length - shown.length + (this.notes.get(error)?.more ?? 0);
    return more > 0 ? [...shown, `... ${more} more frame${more === 1 ? '' : 's'}`] : shown;
  }

  private framesOf(program: Program, note: Note): Position[] {
    const below = note.below.map((site) => positionAt(program.sites[site] as Program['sites'][number]));
    return [...positionsIn(program, note.trace()), ...below];
  }

  /** `error.stack` from now on: a property like the language's own, made when it is read. */
  private showStack(error: Error, note: Note): void {
    let text: string | null = null;
    const get = (): string => {
      text ??= [note.head ?? headIn(note.trace(), error), ...this.lines(error)].join('\n    ');
      return text;
    };
    const set = (value: unknown): void => {
      Object.defineProperty(error, 'stack', { value, writable: true, configurable: true });
    };
    Reflect.defineProperty(error, 'stack', { get, set, enumerable: false, configurable: true });
  }
}

/** The native trace, read later where the engine makes it only then. */
function nativeTrace(error: Error): () => string {
  const own = Object.getOwnPropertyDescriptor(error, 'stack');
  if (own?.get === undefined) {
    const trace = String(error.stack);
    return () => trace;
  }
  const { get } = own;
  return () => String(Reflect.apply(get, error, []));
}

/** The line above the frames of a native trace, as engines of V8's kind write it when the error is made. */
function headIn(trace: string, error: Error): string {
  const end = trace.search(/\n\s+at /);
  const head = end > 0 ? trace.slice(0, end) : '';
  return head === '' || GENERATED.test(head) ? summary(error) : head;
}

const summary = ({ name, message }: Error): string => (message === '' ? name : `${name}: ${message}`);

/** Names that generated code gives to the reader's variables, where the language's own messages mention them. */
const GENERATED =
  /^(?:\w+: )?(?:Cannot access ')?([\p{L}_$][\p{L}\p{N}_$]*)\$\d+(?=' before initialization| is not )/u;

/** Put the reader's names in place of generated ones in the message of an error that the language made. */
function clean(error: Error): void {
  const { message } = error;
  if (typeof message !== 'string' || !GENERATED.test(message)) return;
  const value = message.replace(GENERATED, (found, name: string) =>
    found.replace(/[\p{L}_$][\p{L}\p{N}_$]*\$\d+$/u, name),
  );
  Reflect.defineProperty(error, 'message', { value, writable: true, enumerable: false, configurable: true });
}
