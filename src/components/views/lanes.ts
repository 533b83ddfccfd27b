import { EventKind, StopReason, type Trace } from '../../engine/events.ts';
import { castOf } from './cast.ts';
import { LaneWriter } from './lane-writer.ts';

/** What a stretch of a lane shows. */
export const LaneState = { Running: 0, Ready: 1, Blocked: 2, Asleep: 3, Overhead: 4, Holding: 5 } as const;

/** The words for `LaneState`, by number. */
export const laneWords = ['running', 'ready', 'blocked', 'asleep', 'overhead', 'holding'] as const;

/** One row of the timeline: stretches that do not overlap, in order. Columns, because there can be a million. */
export interface Lane {
  readonly kind: 'core' | 'thread';
  /** Number of the core, or of the thread. */
  readonly id: number;
  readonly label: string;
  readonly starts: ArrayLike<number>;
  readonly ends: ArrayLike<number>;
  readonly states: ArrayLike<number>;
  /** On a core, the thread that ran; on a thread, the core it ran on, or the object it waited for or held (-1: none). */
  readonly details: ArrayLike<number>;
}

const stateAfterStop = (reason: number) => {
  if (reason === StopReason.Blocked) return LaneState.Blocked;
  return reason === StopReason.Slept ? LaneState.Asleep : LaneState.Ready;
};

/** The rows of a timeline. */
export interface Lanes {
  readonly cores: readonly Lane[];
  /** What each core paid, in the order of the cores. */
  readonly overheads: readonly Lane[];
  readonly threads: readonly Lane[];
  /** What each thread held, in the order of the threads; of several locks the one taken last. */
  readonly holdings: readonly Lane[];
}

/** Turns events into stretches: what somebody has been doing, and since when. Dense, because it is asked at every event. */
class Book {
  private readonly states: number[] = [];
  private readonly starts: number[] = [];
  private readonly details: number[] = [];
  private readonly close: (who: number, state: number, start: number, end: number, detail: number) => void;

  constructor(close: (who: number, state: number, start: number, end: number, detail: number) => void) {
    this.close = close;
  }

  stateOf(who: number): number {
    return this.states[who] ?? nothing;
  }

  /** From `time` on they do something else, or `nothing`. */
  change(who: number, time: number, state: number, detail: number): void {
    const before = this.states[who] ?? nothing;
    if (before !== nothing) {
      this.close(who, before, this.starts[who] as number, time, this.details[who] as number);
    }
    this.states[who] = state;
    this.starts[who] = time;
    this.details[who] = detail;
  }

  end(time: number): void {
    this.states.forEach((_, who) => void this.change(who, time, nothing, -1));
  }
}

const nothing = -1;

/** Makes the rows of a trace in portions, so that a page can draw a long one without a long task. */
export class LaneBuilder {
  private readonly trace: Trace;
  private readonly order: readonly number[];
  private readonly cores: readonly LaneWriter[];
  private readonly overheads: readonly LaneWriter[];
  private readonly threads: LaneWriter[] = [];
  private readonly holdings: LaneWriter[] = [];
  private readonly states: Book;
  private readonly locks: Book;
  private index = 0;

  constructor(trace: Trace) {
    this.trace = trace;
    const players = [...castOf(trace).values()];
    this.order = players.map(({ tid }) => tid);
    this.cores = Array.from({ length: trace.cores }, (_, id) => new LaneWriter('core', id, `core ${id}`));
    this.overheads = this.cores.map(({ id }) => new LaneWriter('core', id, `overhead on core ${id}`));
    for (const { tid, name } of players) {
      this.threads[tid] = new LaneWriter('thread', tid, name);
      this.holdings[tid] = new LaneWriter('thread', tid, name);
    }
    this.states = new Book((tid, state, start, end, detail) => {
      this.threads[tid]?.add(start, end, state, detail);
      if (state === LaneState.Running) this.cores[detail]?.add(start, end, state, tid);
    });
    this.locks = new Book((tid, state, start, end, detail) => {
      this.holdings[tid]?.add(start, end, state, detail);
    });
  }

  /** Read up to `events` more. True when the trace is read. */
  advance(events: number): boolean {
    const { length } = this.trace;
    for (const until = Math.min(length, this.index + events); this.index < until; this.index++) {
      this.read(this.index);
    }
    return this.index === length;
  }

  /** The rows, when the trace is read. */
  finish(): Lanes {
    this.states.end(this.trace.end);
    this.locks.end(this.trace.end);
    const inOrder = (rows: readonly LaneWriter[]) => this.order.flatMap((tid) => rows[tid]?.lane() ?? []);
    return {
      cores: this.cores.map((row) => row.lane()),
      overheads: this.overheads.map((row) => row.lane()),
      threads: inOrder(this.threads),
      holdings: inOrder(this.holdings),
    };
  }

  private read(index: number): void {
    const { trace, states, locks } = this;
    const time = trace.time[index] as number;
    const tid = trace.tid[index] as number;
    const a = trace.a[index] as number;
    switch (trace.kind[index]) {
      case EventKind.Create:
      case EventKind.Wake:
        if (states.stateOf(tid) !== LaneState.Running) states.change(tid, time, LaneState.Ready, -1);
        break;
      case EventKind.Dispatch:
        states.change(tid, time, LaneState.Running, trace.core[index] as number);
        break;
      case EventKind.Stop:
        if (a === StopReason.Exited) states.change(tid, time, nothing, -1);
        else states.change(tid, time, stateAfterStop(a), trace.b[index] as number);
        break;
      case EventKind.Exit:
        states.change(tid, time, nothing, -1);
        locks.change(tid, time, nothing, -1);
        break;
      case EventKind.Acquire:
        locks.change(tid, time, LaneState.Holding, a);
        break;
      case EventKind.Release:
        locks.change(tid, time, nothing, -1);
        break;
      case EventKind.Overhead: {
        const row = this.overheads[trace.core[index] as number];
        row?.add(time, time + a, LaneState.Overhead, trace.b[index] as number);
        break;
      }
    }
  }
}

/** All that happened, as rows, at once. */
export function lanesOf(trace: Trace): Lanes {
  const builder = new LaneBuilder(trace);
  builder.advance(trace.length);
  return builder.finish();
}
