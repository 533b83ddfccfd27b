import type { Program, RunOptions } from '../../engine/index.ts';
import type { Code } from '../../engine/service.ts';

/** The program that the build made of a listing; fetched once, before it is needed where possible. */
export class BuiltProgram {
  private readonly url: string | null;
  private readonly name: string;
  private fetched: Promise<Program | null> | null = null;

  constructor(name: string, url: string | null) {
    this.name = name;
    this.url = url;
  }

  /** Fetch it. Null where there is none or the network fails: the worker compiles the source then. */
  load(): Promise<Program | null> {
    if (!this.url) return Promise.resolve(null);
    this.fetched ??= fetch(this.url)
      .then((answer) => (answer.ok ? (answer.json() as Promise<Program>) : null))
      .catch(() => null);
    return this.fetched;
  }

  /** What to run for this text: the built program where the text is its source, else the text. */
  async codeFor(text: string): Promise<Code> {
    const program = await this.load();
    return program && program.source.trimEnd() === text
      ? { program }
      : { source: text, name: `${this.name}.ts` };
  }
}

/** The machine that a place on a page asks for; none where the attribute is missing. */
export function machineOf(attribute: string | undefined): RunOptions {
  return attribute ? (JSON.parse(attribute) as RunOptions) : {};
}
