import type { Library } from '../kernel/kernel.ts';
import type { KernelObject, Operation as KernelOperation } from '../kernel/operation.ts';
import { Process } from '../kernel/process.ts';
import { Thread } from '../kernel/thread.ts';
import { WaitQueue } from '../kernel/wait-queue.ts';
import { compile, type Program } from '../language/index.ts';
import type { Actor } from './actor.ts';
import { Access } from './model.ts';
import { ProgramExecution } from './program-execution.ts';

/** What a function's text must be without, so that its activations are known by their variables: places in walks and in built-ins that call back are kept elsewhere. */
const HIDDEN_PLACES =
  /\b(?:of|yield|await)\b|\.(?:forEach|map|filter|some|every|reduce\w*|find\w*|flatMap|sort|from|replace\w*)\s*\(/;
/** What answers differently each time. */
const CHANCE_AND_TIME = /\b(?:random|now|Date|performance)\b/;
/** Objects of the kernel whose state is known as a whole. */
const KNOWN_KINDS: ReadonlySet<string> = new Set([
  'mutex',
  'condition',
  'semaphore',
  'rwlock',
  'atomic',
  'thread',
  'output',
]);

/** A round that can be gone for ever. */
export interface Round {
  /** The schedule up to the end of the first such round. */
  readonly choices: number[];
  /** Steps in the round. */
  readonly length: number;
  readonly preemptions: number;
}

/**
 * Looks for a proof that an execution which was cut off has no end: everything is once more as it was, and whoever can run has run in between. Then the same steps can be taken again and again. Where that cannot
 * be shown, the execution may just be long.
 */
export function findRound(
  program: Program,
  library: Library,
  found: ProgramExecution,
  choices: readonly number[],
  seed: number,
): Round | null {
  if (CHANCE_AND_TIME.test(program.source)) return null;
  const shown = compile(program.source, { name: program.name, watched: true, locals: true });
  const search = new RoundSearch(shown, library, found, seed);
  for (let i = 0; i < choices.length; i++) {
    const start = search.take(choices[i] as number, i + 1);
    if (start < 0) continue;
    const once = new RoundSearch(shown, library, found, seed);
    return once.shorten(choices.slice(0, i + 1), start);
  }
  return null;
}

/** A store: when, to what, and what was there and is there now, by number. */
type Store = readonly [step: number, object: number, before: number, after: number];

class RoundSearch {
  private readonly execution: ProgramExecution;
  private readonly found: ProgramExecution;
  /** Numbers of values: the same for the same value. */
  private readonly values = new Map<unknown, number>();
  /** When everything looked like this first. */
  private readonly seen = new Map<string, number>();
  private readonly stores: Store[] = [];
  private readonly stored = new Map<number, number>();
  private readonly objects = new Map<KernelObject, string>();
  /** By process: its stack in words, and when it moved last. */
  private readonly stacks: string[] = [];
  private readonly moved: number[] = [];

  constructor(program: Program, library: Library, found: ProgramExecution, seed: number) {
    this.found = found;
    this.execution = new ProgramExecution(program, library, { seed, like: found });
    this.execution.start();
  }

  /** Takes a step, the `nth`. Answers after which step everything was as it is now; -1 where it was not. */
  take(process: number, nth: number): number {
    this.step(process, nth);
    for (let some = true; some; ) {
      some = false;
      for (let other = 0; other < this.execution.size; other++)
        for (; this.found.isPrivate(this.execution, other); some = true) this.step(other, nth);
    }
    return this.compare(nth);
  }

  /** The schedule without detours: what comes back to where it was is left out, but everybody who has a step in the round keeps one. */
  shorten(choices: readonly number[], start: number): Round {
    const states = [this.whole()];
    const breaks = [0];
    choices.forEach((process, i) => {
      const last = choices[i - 1];
      const isPreemption = last !== undefined && last !== process && this.execution.isEnabled(last);
      breaks.push(isPreemption ? 1 : 0);
      this.take(process, i + 1);
      states.push(this.whole());
    });
    const lead = withoutDetours(states, choices, 0, start, false);
    const round = withoutDetours(states, choices, start, choices.length, true);
    const kept = [...lead, ...round];
    return {
      choices: kept.map((i) => choices[i] as number),
      length: round.length,
      preemptions: this.preemptions(kept, choices, breaks),
    };
  }

  private preemptions(
    kept: readonly number[],
    choices: readonly number[],
    breaks: readonly number[],
  ): number {
    return kept.filter(
      (i, nth) => breaks[i + 1] === 1 && nth > 0 && choices[kept[nth - 1] as number] !== choices[i],
    ).length;
  }

  /** Everything there is, in words. */
  private whole(): string {
    const stored = [...this.stored].sort(([a], [b]) => a - b).map(([object, value]) => `${object}=${value}`);
    return `${this.state()}#${stored}`;
  }

  private step(process: number, nth: number): void {
    const { execution } = this;
    const operation = execution.pending(process);
    if (!operation || !execution.isEnabled(process)) return;
    const { stepper } = execution;
    stepper.done = [];
    execution.step(process);
    this.moved[process] = nth;
    if (operation.isCall && operation.access === Access.Write) this.forget();
    else if (operation.plain && operation.access === Access.Write)
      this.store(nth, operation.object, this.numberOf(stepper.seen?.value));
    for (const { object, also } of stepper.done)
      for (const it of [object, also])
        if (it !== null && it.kind !== 'contents') {
          if (!KNOWN_KINDS.has(it.kind)) this.forget();
          this.objects.set(it, this.wordsOf(it));
        }
  }

  private store(step: number, object: number, after: number): void {
    this.stores.push([step, object, this.stored.get(object) ?? -1, after]);
    this.stored.set(object, after);
  }

  /** Something changed that cannot be followed: nothing is as it was before. */
  private forget(): void {
    this.seen.clear();
  }

  private compare(nth: number): number {
    const now = this.state();
    const before = this.seen.get(now);
    if (before !== undefined && this.isSameMemory(before)) return this.wasFair(before) ? before : -1;
    this.seen.set(now, nth);
    return -1;
  }

  /** Does each variable stored to since then hold what it held then? */
  private isSameMemory(since: number): boolean {
    const met = new Set<number>();
    for (let i = this.stores.findIndex(([step]) => step > since); i >= 0 && i < this.stores.length; i++) {
      const [, object, before] = this.stores[i] as Store;
      if (!met.has(object) && before !== this.stored.get(object)) return false;
      met.add(object);
    }
    return true;
  }

  /** Has everybody run since then who can run, each in functions whose state is known? */
  private wasFair(since: number): boolean {
    const { execution } = this;
    for (let process = 0; process < execution.size; process++) {
      const hasMoved = (this.moved[process] ?? 0) > since;
      if (execution.isEnabled(process) && !hasMoved) return false;
      if (hasMoved && this.hidesPlaces(execution.actor(process))) return false;
    }
    return true;
  }

  private hidesPlaces({ thread }: Actor): boolean {
    const { functions, source } = this.execution.program;
    return thread.stack.frames().some(({ function: index }) => {
      const own = functions[index];
      return own === undefined || HIDDEN_PLACES.test(source.slice(own.start, own.end));
    });
  }

  private state(): string {
    const parts: string[] = [];
    const { actors, agents } = this.execution.stepper;
    actors.forEach((actor, process) => {
      if (!actor) return;
      this.stacks[process] = this.stackOf(actor);
      parts.push(this.stacks[process]);
    });
    // What acts for a thread (a timer, a signal on its way) has a state of its own.
    if (agents.some((agent) => agent !== undefined && agent.operation !== null)) this.forget();
    for (const words of this.objects.values()) parts.push(words);
    return parts.join('|');
  }

  private stackOf({ isOver, thread, operation, kernelOperation }: Actor): string {
    if (isOver) return 'over';
    const stands = `${operation?.kind} ${operation?.object} ${operation?.site} ${kernelOperation?.outcome}`;
    const argument = kernelOperation === null ? '' : this.inWords(kernelOperation.argument, 2);
    return `${stands} ${argument} ${thread.stack.values().map((value) => this.numberOf(value))}`;
  }

  private wordsOf(object: KernelObject): string {
    return object instanceof Thread ? object.state : this.inWords(object, 2, true);
  }

  /** The state of something of the kernel's in words; values of the program by their numbers. */
  private inWords(value: unknown, depth: number, isWhole = false): string {
    if (typeof value !== 'object' || value === null) return String(this.numberOf(value));
    if (value instanceof Thread) return `thread ${value.tid}`;
    if (value instanceof Process) return `process ${value.pid}`;
    if (value instanceof WaitQueue) return waitersOf(value);
    if (isOperation(value)) return `${value.kind} of ${value.thread.tid} ${value.outcome}`;
    if (value instanceof Set || Array.isArray(value))
      return `[${[...value].map((it) => this.inWords(it, depth - 1))}]`;
    if (!isWhole || depth <= 0) return String(this.numberOf(value));
    return Object.values(value)
      .map((it) => this.inWords(it, depth - 1))
      .join();
  }

  private numberOf(value: unknown): number {
    const known = this.values.get(value);
    if (known !== undefined) return known;
    this.values.set(value, this.values.size);
    return this.values.size - 1;
  }
}

/** Steps from one state to another, by their indices, without those between two states that are the same. */
function withoutDetours(
  states: readonly string[],
  choices: readonly number[],
  from: number,
  to: number,
  isRound: boolean,
): number[] {
  const steps = Array.from({ length: to - from }, (_, i) => from + i);
  const count = (part: readonly number[]) => {
    const moves = new Map<number, number>();
    for (const i of part) moves.set(choices[i] as number, (moves.get(choices[i] as number) ?? 0) + 1);
    return moves;
  };
  for (let i = 0; i < steps.length; i++) {
    // The longest detour that begins here and may be left out.
    for (let j = steps.length; j > i + 1; j--) {
      if (isRound && i === 0 && j === steps.length) continue;
      if (states[steps[i] as number] !== states[(steps[j - 1] as number) + 1]) continue;
      const all = count(steps);
      const isNeeded = [...count(steps.slice(i, j))].some(([process, moves]) => moves === all.get(process));
      if (isRound && isNeeded) continue;
      steps.splice(i, j - i);
      i--;
      break;
    }
  }
  return steps;
}

function isOperation(value: object): value is KernelOperation {
  return 'kind' in value && 'outcome' in value && 'thread' in value;
}

function waitersOf({ first }: WaitQueue): string {
  let words = 'waiting';
  for (let waiter: KernelOperation | null = first ?? null; waiter; waiter = waiter.next)
    words += ` ${waiter.thread.tid}`;
  return words;
}
