import { defineSuspendable, SUSPENDED } from '../../language/index.ts';
import type { Readable } from './poll.ts';

/** What a watch needs of the kernel that its process runs on. */
export interface WatchHost {
  /** A fact from outside the process: noted, or in a copy of the process taken from the notes. */
  observe(fact: () => boolean): boolean;
  /** Puts the watch's callback into the event loop of its process. */
  post(): void;
}

/**
 * A listener that an event loop calls while a source is readable (level-triggered, as Linux `epoll`): each turn of the loop at most once, and not at all where somebody has read
 * in the meantime what it was woken for.
 */
export class ReadableWatch {
  /** What the event loop runs. */
  readonly callback: () => unknown;
  private readonly source: Readable;
  private readonly host: WatchHost;
  private isOn = true;
  private isPosted = false;

  constructor(source: Readable, listener: unknown, makeHost: (watch: ReadableWatch) => WatchHost) {
    this.source = source;
    const notify = () => this.notify();
    const begin = () => this.begin();
    this.callback = defineSuspendable(
      () => undefined,
      function* (rt) {
        if (!begin()) return undefined;
        if (rt.call(listener, undefined) === SUSPENDED) yield;
        notify();
        return undefined;
      },
    );
    this.host = makeHost(this);
    this.notify();
  }

  /** The source has become readable: true where the loop has to be told. */
  wake(): boolean {
    if (!this.isOn || this.isPosted) return false;
    this.isPosted = true;
    return true;
  }

  /** No more calls. False where that was said before. */
  stop(): boolean {
    const wasOn = this.isOn;
    this.isOn = false;
    return wasOn;
  }

  private begin(): boolean {
    this.isPosted = false;
    return this.isOn && this.host.observe(() => this.source.isReadable);
  }

  private notify(): void {
    if (!this.isOn || !this.host.observe(() => this.source.isReadable && !this.isPosted)) return;
    this.isPosted = true;
    this.host.post();
  }
}
