/** Frames that can be asked for their variables, in programs compiled with `locals`. */
import { DATA_BASE } from '../addresses.ts';
import type { Program, Segment, Site } from '../program.ts';
import type { Local } from '../stack.ts';
import type { Form, Frame } from './forms.ts';
import { inspect } from './inspect.ts';

/** Characters of a value that are shown. */
const SHOWN = 120;

type Show = (
  name: string,
  segment: Segment,
  address: number,
  line: number,
  column: number,
  read: () => unknown,
) => void;

/** What a scope leaves: where it is in the source (first line and column, last line and column), and its variables. */
type ScopeEntry = readonly [
  line: number,
  column: number,
  endLine: number,
  endColumn: number,
  list: (show: Show) => void,
];

/** What the scopes of an activation left, by depth. Some may stand at depths that were left again. */
export class ShownScopes {
  readonly entries: (ScopeEntry | undefined)[] = [];
  /** The function: index into `Program.functions`. */
  readonly function: number;

  constructor(fn: number) {
    this.function = fn;
  }

  /** What the variables in reach at a site hold; of one that is not initialised nothing. */
  values(site: Site): unknown[] {
    const found: unknown[] = [];
    for (const entry of this.entries)
      if (entry !== undefined && isWithin(site, entry))
        entry[4]((_name, _segment, _address, _line, _column, read) => found.push(valueOf(read)));
    return found;
  }

  /** The variables in reach at a site, outermost scope first. `base`: address of the frame on the thread's stack. */
  locals(program: Program, site: Site, base: number, dead: unknown): Local[] {
    const found: Local[] = [];
    const show: Show = (name, segment, address, line, column, read) => {
      const place =
        segment === 'data'
          ? dataAddress(program, name, line, column)
          : segment === 'stack' && address === 0
            ? base + found.length * 8
            : address;
      found.push({ name, value: valueText(read, dead), segment, address: place });
    };
    for (let i = 0; i < this.entries.length; i++) {
      const entry = this.entries[i];
      if (entry !== undefined && isWithin(site, entry)) entry[4](show);
    }
    return found;
  }
}

/** The activations of a process that are shown, and the one that is being entered. */
export class ShownFrames {
  private readonly scopes = new WeakMap<object, ShownScopes>();
  entering = new ShownScopes(0);
  /** Those that are on the host's own stack now, innermost last. */
  readonly running: ShownScopes[] = [];

  /** The form of a function whose activations are shown. */
  form(form: Form, fn: number): Form {
    const shown = this;
    return function (this: unknown, ...args: never[]): Frame {
      const scopes = new ShownScopes(fn);
      const frame = shown.enter(scopes, Reflect.apply(form, this, args));
      shown.scopes.set(frame, scopes);
      return frame;
    } as Form;
  }

  /** What the scopes of a frame left, where it is one that is shown. */
  of(frame: Frame): ShownScopes | undefined {
    return this.scopes.get(frame);
  }

  private *enter(scopes: ShownScopes, frame: Frame): Frame {
    this.entering = scopes;
    return yield* this.followed(scopes, frame);
  }

  /** The activation itself, with a note of when it runs. */
  private followed(scopes: ShownScopes, frame: Frame): Iterable<unknown, unknown> {
    const during = <T>(go: () => T): T => {
      this.running.push(scopes);
      try {
        return go();
      } finally {
        this.running.pop();
      }
    };
    const iterator: Iterator<unknown, unknown> = {
      next: (value) => during(() => frame.next(value)),
      throw: (error) => during(() => frame.throw(error)),
      return: (value) => during(() => frame.return(value)),
    };
    return { [Symbol.iterator]: () => iterator };
  }
}

function valueOf(read: () => unknown): unknown {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function valueText(read: () => unknown, dead: unknown): string {
  try {
    const value = read();
    if (value === dead) return NOT_YET;
    const text = inspect(value);
    return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
  } catch {
    return NOT_YET;
  }
}

const NOT_YET = 'not initialised';

function isWithin({ line, column }: Site, [first, from, last, to]: ScopeEntry): boolean {
  return (
    (line > first || (line === first && column >= from)) && (line < last || (line === last && column < to))
  );
}

/** Address of a module variable; 0 where it has none, because no other thread can see it change. */
function dataAddress({ variables }: Program, name: string, line: number, column: number): number {
  let address = DATA_BASE;
  for (const variable of variables) {
    if (variable.segment !== 'data') continue;
    if (variable.name === name && variable.line === line && variable.column === column) return address;
    address += 8;
  }
  return 0;
}
