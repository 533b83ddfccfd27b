import type { Readable } from '../kernel/ipc/poll.ts';
import { ReadableWatch } from '../kernel/ipc/readable-watch.ts';
import type { Actor } from './actor.ts';
import { Completion } from './completion.ts';
import type { ProcessRecord } from './process-record.ts';
import { SignalKernel } from './signal-kernel.ts';

/** Names of requests to devices begin here, below those of signals. */
const REQUESTS = 2 ** 40;
/** Requests each thread can make, as far as their names go. */
const REQUESTS_A_THREAD = 2 ** 12;

/**
 * What event loops are told from outside: that a device is done, that a source has something to read. When that comes is up to the schedule; whatever the loop's thread does next depends on it.
 */
export abstract class LoopKernel extends SignalKernel {
  private readonly latest = new Map<string, Completion>();

  override ioAsync(_ticks: number, device: string, done: () => void): void {
    const { record, process } = this.actor;
    const { loop } = record.process.instance.runtime;
    loop.hold();
    const callback =
      record.process.callbacks.push(() => {
        loop.release();
        done();
      }) - 1;
    const number = this.names.processes.of(-REQUESTS - process * REQUESTS_A_THREAD - ++this.actor.agents);
    const queue = `${record.process.pid} ${device}`;
    const completion = new Completion({
      process: number,
      owner: (record.actors[0] as Actor).process,
      step: this.step,
      loop: this.feed(record),
      device,
      previous: this.latest.get(queue) ?? null,
      tell: () => this.post(record, callback),
    });
    this.latest.set(queue, completion);
    this.agents[number] = completion;
  }

  /** The event loop of this process is told things from outside from now on. Its number. */
  private feed(record: ProcessRecord): number {
    const number = this.numberOf[record.loop.id] as number;
    record.isFed = true;
    this.names.habits.disturb(number, false);
    return number;
  }

  /** A device is done. */
  complete(completion: Completion, step: number): void {
    this.step = step;
    this.touched = this.seen = null;
    const actor = this.actors[completion.owner] as Actor;
    this.select(actor);
    this.acting = null;
    completion.finish(step);
    completion.tell();
    this.settleAll();
  }

  private post({ process, history }: ProcessRecord, callback: number): void {
    if (process.exit !== null) return;
    history?.add({ kind: 'post', callback });
    process.instance.runtime.loop.post(process.callbacks[callback], []);
  }

  override watchReadable(source: Readable, listener: () => void): () => void {
    const { record } = this.actor;
    const { loop } = record.process.instance.runtime;
    this.feed(record);
    loop.hold();
    const watch = new ReadableWatch(source, listener, ({ callback }) => ({
      observe: (fact) => {
        this.noteLook(source);
        return this.observe(fact());
      },
      post: () => loop.post(callback, []),
    }));
    const callback = record.process.callbacks.push(watch.callback) - 1;
    const watcher = () => {
      if (watch.wake()) this.post(record, callback);
    };
    source.watchers.add(watcher);
    return () => {
      source.watchers.delete(watcher);
      if (watch.stop()) loop.release();
    };
  }
}
