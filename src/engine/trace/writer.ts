import type { Trace, TracedObject, TracedProcess, TracedThread } from './trace.ts';

const FIRST_CAPACITY = 1024;

/** Writes a trace: columns that grow by doubling up to a limit. Later events are dropped and the trace says so. */
export class TraceWriter {
  readonly processes: TracedProcess[] = [];
  readonly threads: TracedThread[] = [];
  readonly objects: TracedObject[] = [];
  private readonly limit: number;
  private readonly strings: string[] = [];
  private readonly indices = new Map<string, number>();
  private capacity = FIRST_CAPACITY;
  private length = 0;
  private truncated = false;
  /** The number of events after which somebody wants to be told, and how; -1 for nobody. */
  private trap = -1;
  private trapped: ((site: number) => void) | null = null;
  private time = new Float64Array(FIRST_CAPACITY);
  private kind = new Uint8Array(FIRST_CAPACITY);
  private core = new Int16Array(FIRST_CAPACITY);
  private tid = new Int32Array(FIRST_CAPACITY);
  private site = new Int32Array(FIRST_CAPACITY);
  private a = new Float64Array(FIRST_CAPACITY);
  private b = new Float64Array(FIRST_CAPACITY);

  /** @param limit Events kept. */
  constructor(limit: number) {
    this.limit = limit;
  }

  /** One event. `time` in nanoseconds; the rest as `Trace` says. */
  write(time: number, kind: number, core: number, tid: number, site = -1, a = 0, b = -1): void {
    if (this.length === this.capacity && !this.grow()) return;
    const i = this.length++;
    this.time[i] = time;
    this.kind[i] = kind;
    this.core[i] = core;
    this.tid[i] = tid;
    this.site[i] = site;
    this.a[i] = a;
    this.b[i] = b;
    if (this.length === this.trap) this.trapped?.(site);
  }

  /** Tell once so many events are written, with the site of the last of them. */
  tellAt(events: number, tell: (site: number) => void): void {
    this.trap = events;
    this.trapped = tell;
  }

  /** Events so far. */
  get events(): number {
    return this.length;
  }

  /** Give an event (of an access) its text, where it was kept. */
  describe(event: number, text: string): void {
    if (event < this.length) this.b[event] = this.text(text);
  }

  /** Index of a text in the trace's strings. */
  text(text: string): number {
    let index = this.indices.get(text);
    if (index === undefined) {
      index = this.strings.push(text) - 1;
      this.indices.set(text, index);
    }
    return index;
  }

  /** The trace so far; its columns share no memory with the writer's. */
  finish(cores: number, end: number): Trace {
    const { length } = this;
    return {
      format: 1,
      cores,
      end,
      length,
      time: this.time.slice(0, length),
      kind: this.kind.slice(0, length),
      core: this.core.slice(0, length),
      tid: this.tid.slice(0, length),
      site: this.site.slice(0, length),
      a: this.a.slice(0, length),
      b: this.b.slice(0, length),
      strings: [...this.strings],
      processes: [...this.processes],
      threads: [...this.threads],
      objects: [...this.objects],
      truncated: this.truncated,
    };
  }

  private grow(): boolean {
    if (this.capacity >= this.limit) {
      this.truncated = true;
      return false;
    }
    this.capacity = Math.min(this.limit, this.capacity * 2);
    this.time = grown(this.time, new Float64Array(this.capacity));
    this.kind = grown(this.kind, new Uint8Array(this.capacity));
    this.core = grown(this.core, new Int16Array(this.capacity));
    this.tid = grown(this.tid, new Int32Array(this.capacity));
    this.site = grown(this.site, new Int32Array(this.capacity));
    this.a = grown(this.a, new Float64Array(this.capacity));
    this.b = grown(this.b, new Float64Array(this.capacity));
    return true;
  }
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
