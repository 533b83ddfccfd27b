/**
 * Timers as Node keeps them: one list for each duration, in order of start; the list whose first timer is due
 * earliest runs first, and all its due timers run before the next list. That decides the order of timers that
 * fall due together.
 */
import type { Host } from '../host.ts';

const NANOSECONDS = 1e6;
/** Longer delays do not fit the 32 bits that timers have everywhere; they become 1, as in Node. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** A timer as the loop runs it. */
export interface Timer {
  readonly id: number;
  readonly callback: unknown;
  readonly args: readonly unknown[];
  readonly milliseconds: number;
  readonly repeat: boolean;
  readonly site: number;
  /** Virtual nanoseconds. */
  start: number;
  stopped: boolean;
}

interface TimerList {
  /** Decides between lists that are due at the same time: the one that waits longer goes first. */
  order: number;
  readonly milliseconds: number;
  readonly timers: Set<Timer>;
}

export class TimerLists {
  readonly #host: Host;
  readonly #lists = new Map<number, TimerList>();
  readonly #byId = new Map<number, Timer>();
  #lastId = 0;
  #lastOrder = 0;
  /** The list being worked off in this phase. */
  #current: TimerList | null = null;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Start a timer; returns its id. */
  start(callback: unknown, delay: unknown, args: readonly unknown[], repeat: boolean, site: number): number {
    const wanted = Number(delay);
    const milliseconds = wanted >= 1 && wanted <= LONGEST_DELAY ? Math.trunc(wanted) : 1;
    const id = ++this.#lastId;
    const timer = { id, callback, args, milliseconds, repeat, site, start: this.#host.now(), stopped: false };
    this.#byId.set(id, timer);
    this.#insert(timer);
    return id;
  }

  /** Stop a timer; an id that is not known is ignored. */
  stop(id: unknown): void {
    const timer = this.#byId.get(Number(id));
    if (!timer) return;
    timer.stopped = true;
    this.#byId.delete(timer.id);
    this.#remove(timer);
  }

  /** Virtual time at which the next timer is due; Infinity when there is none. */
  nextExpiry(): number {
    const list = this.#earliest();
    return list ? expiry(list) : Infinity;
  }

  /** The next timer due at `now`, taken off its list; null when the phase is over. */
  takeDue(now: number): Timer | null {
    const last = this.#current;
    if (!last || last.timers.size === 0) this.#current = this.#earliest();
    else if (expiry(last) > now) {
      last.order = ++this.#lastOrder;
      this.#current = this.#earliest();
    }
    const list = this.#current;
    if (!list || expiry(list) > now) {
      this.#current = null;
      return null;
    }
    const timer = first(list);
    if (!timer.repeat) this.#byId.delete(timer.id);
    this.#remove(timer);
    return timer;
  }

  /** After its callback, a repeating timer counts again from the callback's start. */
  rearm(timer: Timer, start: number): void {
    if (!timer.repeat || timer.stopped) return;
    timer.start = start;
    this.#insert(timer);
  }

  /** Every timer with the virtual time at which it is due, those due first first. */
  list(): { readonly timer: Timer; readonly due: number }[] {
    return [...this.#lists.values()]
      .flatMap(({ timers, order }) =>
        [...timers].map((timer) => ({ timer, order, due: timer.start + timer.milliseconds * NANOSECONDS })),
      )
      .sort((a, b) => a.due - b.due || a.order - b.order);
  }

  #insert(timer: Timer): void {
    const list = this.#lists.get(timer.milliseconds) ?? {
      order: ++this.#lastOrder,
      milliseconds: timer.milliseconds,
      timers: new Set<Timer>(),
    };
    this.#lists.set(timer.milliseconds, list);
    list.timers.add(timer);
  }

  #remove(timer: Timer): void {
    const list = this.#lists.get(timer.milliseconds);
    if (list?.timers.delete(timer) && list.timers.size === 0 && list !== this.#current)
      this.#lists.delete(timer.milliseconds);
  }

  #earliest(): TimerList | null {
    let best: TimerList | null = null;
    for (const list of this.#lists.values()) {
      if (list.timers.size === 0) this.#lists.delete(list.milliseconds);
      else if (
        !best ||
        expiry(list) < expiry(best) ||
        (expiry(list) === expiry(best) && list.order < best.order)
      )
        best = list;
    }
    return best;
  }
}

const first = (list: TimerList): Timer => list.timers.values().next().value as Timer;

const expiry = (list: TimerList): number => {
  const { start, milliseconds } = first(list);
  return start + milliseconds * NANOSECONDS;
};
