import { waitCycle } from '../kernel/deadlock.ts';
import type { Library } from '../kernel/kernel.ts';
import type { Program } from '../language/index.ts';
import type { Actor } from './actor.ts';
import type { Waiting } from './explain.ts';
import type { Renumbering } from './numbering.ts';
import { ProgramExecution } from './program-execution.ts';
import type { ProgramOperation } from './program-operation.ts';
import { formatSchedule } from './schedule.ts';

/** Steps that are spelt out; the schedule itself is whole. */
const MOST_STEPS = 400;

/** One step of a schedule in words. */
export interface RecordedStep {
  readonly tid: number;
  /** 1-based; 0 where unknown. */
  readonly line: number;
  readonly column: number;
  /** `load counter → 0`, `lock m`. */
  readonly operation: string;
  /** Its first word, in the words of the library. */
  readonly kind: string;
  /** Name of the variable or the kernel object it is about. */
  readonly object: string;
  /** Number of that, the same for the same thing within one schedule. */
  readonly variable: number;
  /** What was loaded or stored; empty where that is unknown. */
  readonly value: string;
}

/** A schedule as the explorer found it, made fit to be kept: its text, and its steps in words. */
export interface Recording {
  readonly schedule: string;
  readonly steps: readonly RecordedStep[];
  /** Threads that wait for each other at the end, or for what nobody does any more. */
  readonly waiting: readonly Waiting[];
  /** Signals that have not arrived at the end, each with whom it is for. */
  readonly onTheWay: readonly string[];
  /** Where the error was thrown that the schedule ends with; line 0 where there was none, or it is not known. */
  readonly failedAt: { readonly line: number; readonly column: number };
}

/**
 * Runs the choices that `found` made once more with every access a step, so that the schedule means the same to a reader who does not know which variables are
 * shared. Accesses to variables that only one process touches are made as soon as they come.
 */
export function record(
  program: Program,
  library: Library,
  found: ProgramExecution,
  choices: readonly number[],
  options: RecordOptions,
): Recording {
  const recorder = new Recorder(program, library, found, options);
  for (const choice of choices) recorder.take(choice);
  return recorder.finish(options);
}

/** The machine the schedule belongs to. */
export interface RecordOptions {
  readonly seed: number;
  readonly isTso: boolean;
  readonly wakesSpuriously: boolean;
  /** Fingerprint of the program. */
  readonly program: string;
}

class Recorder {
  private readonly execution: ProgramExecution;
  private readonly found: ProgramExecution;
  private readonly choices: number[] = [];
  private readonly steps: RecordedStep[] = [];

  constructor(program: Program, library: Library, found: ProgramExecution, options: RecordOptions) {
    this.found = found;
    this.execution = new ProgramExecution(program, library, { ...options, like: found });
    this.execution.start();
    this.makePrivateAccesses();
  }

  /** A step of the process with this number in the found execution. */
  take(process: number): void {
    const { execution } = this;
    const operation = execution.pending(process);
    if (!operation || !execution.isEnabled(process)) return;
    const tid = execution.tidOf(process);
    this.step(process);
    const site = execution.program.sites[operation.site];
    if (this.steps.length < MOST_STEPS)
      this.steps.push({
        tid,
        line: site?.line ?? 0,
        column: site?.column ?? 0,
        operation: inWords(operation, site?.name ?? '', execution, process),
        kind: operation.kind,
        object: objectOf(operation, site?.name ?? ''),
        variable: operation.object,
        value: operation.plain ? execution.resultText : '',
      });
    this.makePrivateAccesses();
  }

  finish({ seed, isTso, wakesSpuriously, program }: RecordOptions): Recording {
    const memoryModel = isTso ? 'tso' : 'sc';
    const { choices } = this;
    return {
      schedule: formatSchedule({ seed, memoryModel, spuriousWakeups: wakesSpuriously, choices, program }),
      steps: this.steps,
      waiting: waitingOf(this.execution),
      onTheWay: this.execution.stepper.agents.flatMap((agent) =>
        agent?.role === 'signal' && agent.operation !== null ? [agent.operation.objectName] : [],
      ),
      failedAt: this.execution.failurePosition,
    };
  }

  private step(process: number): void {
    this.execution.step(process);
    this.choices.push((this.execution.names.processes as Renumbering).orderOf(process));
  }

  private makePrivateAccesses(): void {
    for (let some = true; some; ) {
      some = false;
      for (let process = 0; process < this.execution.size; process++)
        for (; this.found.isPrivate(this.execution, process); some = true) this.step(process);
    }
  }
}

function objectOf(operation: ProgramOperation, name: string): string {
  return operation.plain ? name.replace(/^\./, '') : operation.objectName;
}

function inWords(
  operation: ProgramOperation,
  name: string,
  execution: ProgramExecution,
  process: number,
): string {
  const what = objectOf(operation, name);
  const result = execution.resultText;
  if (operation.kind === 'sleep') return operation.objectName;
  if (operation.kind === 'exit' && operation.site < 0) return 'its end';
  if (operation.parts.length > 0) return operation.objectName;
  if (operation.isCall) return `${name.replace(/^\./, '')}()`;
  if (execution.isFlusher(process)) return `store of ${what} reaches memory ← ${result}`;
  if (operation.kind === 'store') return `store ${what}${result === '' ? '' : ` ← ${result}`}`;
  return `${WORDS[operation.kind] ?? operation.kind} ${what}${result === '' ? '' : ` → ${result}`}`.trim();
}

/** Who waits for what: a ring where there is one, else everybody who is left. */
function waitingOf(execution: ProgramExecution): Waiting[] {
  const blocked = execution.stepper.actors.filter((actor) => actor && !actor.isOver) as Actor[];
  const ring = waitCycle(blocked.map(({ thread }) => thread));
  const involved = ring.length > 0 ? blocked.filter(({ thread }) => ring.includes(thread)) : blocked;
  const apart = involved.filter(({ kernelOperation }) => kernelOperation?.kind !== 'join');
  // Who waits for a child waits for what the child waits for.
  const first = apart.filter(({ kernelOperation }) => kernelOperation?.kind !== 'waitpid');
  return (first.length > 0 ? first : apart).map((actor) => describeWaiting(execution, actor));
}

function describeWaiting(
  execution: ProgramExecution,
  { thread, operation, kernelOperation, isLocked }: Actor,
): Waiting {
  const place = isLocked ? thread.stack.site : (operation?.site ?? kernelOperation?.site ?? -1);
  const site = execution.program.sites[place];
  const holders = kernelOperation?.object.holders() ?? [];
  const isUnsignalled = kernelOperation?.kind === 'reacquire' && kernelOperation.outcome === 'none';
  const object = kernelOperation?.object.name ?? (site?.name ?? 'something').replace(/^\./, '');
  return {
    tid: thread.tid,
    name: thread.name,
    object: isUnsignalled ? `a signal (${object} given back)` : object,
    line: site?.line ?? 0,
    column: site?.column ?? 0,
    heldBy: (isUnsignalled ? [] : holders).map(({ tid }) => tid),
    isLeftBehind:
      kernelOperation?.kind !== 'waitpid' && holders.some((it) => !thread.process.threads.includes(it)),
    runsOn: isLocked,
    does: operation === null ? '' : `${operation.kind} ${objectOf(operation, site?.name ?? '')}`,
  };
}

/** Kinds of operation that the reader knows by another name. */
const WORDS: { readonly [kind: string]: string } = {
  reacquire: 'lock again',
  atomicLoad: 'load',
  atomicStore: 'store',
  atomicUpdate: 'update',
  compareExchange: 'compareExchange',
  arrive: 'arrive at',
  print: 'print',
  io: 'done:',
  deliver: 'arrives:',
  exit: 'end of',
  look: 'look at',
  list: 'list processes of',
  poll: 'poll',
};
