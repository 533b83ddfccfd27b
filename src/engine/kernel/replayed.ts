import type { Host } from '../language/index.ts';
import type { Given } from './fork-log.ts';
import { opened } from './ipc/message.ts';
import type { Readable } from './ipc/poll.ts';
import { ReadableWatch } from './ipc/readable-watch.ts';
import { Kernel, type Library, type ProcessEntry } from './kernel.ts';
import type { Process } from './process.ts';
import type { Thread } from './thread.ts';

/** The kernel that a process sees while its past is lived again: whatever came from outside comes from what was written down, in its order, and nothing reaches the outside. */
export abstract class Replayed extends Kernel {
  protected readonly process: Process;
  /** What threads that forked are to do in the child. */
  protected readonly bodies = new Map<Thread, (() => unknown) | null>();
  private readonly outside: readonly Given[];
  private taken = 0;

  constructor(
    owner: { readonly program: Kernel['program']; readonly library: Library },
    process: Process,
    outside: readonly Given[],
  ) {
    super(owner.program, owner.library);
    this.process = process;
    this.outside = outside;
  }

  /** The next thing from outside. */
  protected take(): unknown {
    const { value, isError } = this.outside[this.taken++] as Given;
    if (isError) throw value;
    return opened(value);
  }

  /** Not all that came from outside was asked for. */
  protected get hasMore(): boolean {
    return this.taken !== this.outside.length;
  }

  override observe<T>(): T {
    return this.take() as T;
  }

  override share<T>(): T {
    return this.take() as T;
  }

  override named<O>(): O {
    return this.take() as O;
  }

  override pids(): { own: number; parent: number } {
    return this.take() as { own: number; parent: number };
  }

  override listProcesses(): readonly ProcessEntry[] {
    return this.take() as readonly ProcessEntry[];
  }

  override childNumber(): number {
    return this.take() as number;
  }

  random(): number {
    return this.take() as number;
  }

  override mapShared(): number {
    return this.take() as number;
  }

  override mmap(): number {
    return this.take() as number;
  }

  now(): number {
    return 0;
  }

  override ioAsync(_ticks: number, _device: string, done: () => void): void {
    const { loop } = this.process.instance.runtime;
    loop.hold();
    this.process.callbacks.push(() => {
      loop.release();
      done();
    });
  }

  override watchReadable(source: Readable, listener: () => void): () => void {
    const { loop } = this.process.instance.runtime;
    loop.hold();
    const watch = new ReadableWatch(source, listener, ({ callback }) => ({
      observe: () => this.take() as boolean,
      post: () => loop.post(callback, []),
    }));
    this.process.callbacks.push(watch.callback);
    return () => {
      if (watch.stop()) loop.release();
    };
  }

  override alarm(): void {}
  spend(): void {}
  copy(): void {}
  protected ended(): void {}

  protected forget(thread: Thread): void {
    thread.state = 'ended';
  }

  protected hostFor(): Host {
    throw new Error('A replay makes no processes of its own.');
  }
}
