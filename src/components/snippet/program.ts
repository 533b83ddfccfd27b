import type { Program, RunOptions } from '../../engine/index.ts';
import type { Code } from '../../engine/service.ts';
import { textAt } from './early.ts';

/** The program that the build made of a listing; fetched once, before it is needed where possible. */
export class BuiltProgram {
  private readonly url: string | null;
  private readonly name: string;
  private fetched: Promise<Program | null> | null = null;
  private program: Program | null = null;

  constructor(name: string, url: string | null) {
    this.name = name;
    this.url = url;
  }

  /** Fetch it. Null where there is none or the network fails: the worker compiles the source then. */
  load(): Promise<Program | null> {
    if (!this.url) return Promise.resolve(null);
    this.fetched ??= textAt(this.url)
      .then((text) => {
        this.program = JSON.parse(text) as Program;
        return this.program;
      })
      .catch(() => null);
    return this.fetched;
  }

  /** What to run for this text: the built program where the text is its source, else the text. */
  async codeFor(text: string): Promise<Code> {
    await this.load();
    return this.codeNow(text) ?? { source: text, name: `${this.name}.ts` };
  }

  /** The text, to be compiled so that values and variables are shown: for a run that is looked at closely. */
  watched(text: string): Code {
    return { source: text, name: `${this.name}.ts`, watched: true, locals: true };
  }

  /** The same as `codeFor` where nothing has to be waited for; null elsewhere. */
  codeNow(text: string): Code | null {
    return this.program?.source.trimEnd() === text ? { program: this.program } : null;
  }
}

/** The machine that a place on a page asks for; none where the attribute is missing. */
export function machineOf(attribute: string | undefined): RunOptions {
  return attribute ? (JSON.parse(attribute) as RunOptions) : {};
}

/** True where a worker has to compile this before it can run it. */
export const needsCompiler = (code: Code): boolean => !('program' in code) || code.program.format !== 1;
