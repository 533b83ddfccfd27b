import type { Library } from '../kernel/kernel.ts';
import type { Program } from '../language/index.ts';
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
}

/** A schedule as the explorer found it, made fit to be kept: its text, and its steps in words. */
export interface Recording {
  readonly schedule: string;
  readonly steps: readonly RecordedStep[];
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
}

class Recorder {
  private readonly execution: ProgramExecution;
  private readonly found: ProgramExecution;
  private readonly choices: number[] = [];
  private readonly steps: RecordedStep[] = [];

  constructor(program: Program, library: Library, found: ProgramExecution, options: RecordOptions) {
    this.found = found;
    this.execution = new ProgramExecution(program, library, { ...options, everyAccess: true });
    this.execution.start();
    this.makePrivateAccesses();
  }

  /** A step of the process with this number in the found execution. */
  take(choice: number): void {
    const { execution } = this;
    const process = execution.names.processes.of(this.found.names.processes.nameOf(choice));
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
      });
    this.makePrivateAccesses();
  }

  finish({ seed, isTso }: RecordOptions): Recording {
    const memoryModel = isTso ? 'tso' : 'sc';
    return { schedule: formatSchedule({ seed, memoryModel, choices: this.choices }), steps: this.steps };
  }

  private step(process: number): void {
    this.execution.step(process);
    this.choices.push(process);
  }

  private makePrivateAccesses(): void {
    for (let process = 0; process < this.execution.size; process++)
      while (this.isPrivate(process)) this.step(process);
  }

  private isPrivate(process: number): boolean {
    const operation = this.execution.pending(process);
    if (!operation?.plain) return false;
    return !this.found.isKnownShared(this.execution.names.objects.nameOf(operation.object));
  }
}

function inWords(
  operation: ProgramOperation,
  name: string,
  execution: ProgramExecution,
  process: number,
): string {
  const what = operation.plain ? name.replace(/^\./, '') : operation.objectName;
  const result = execution.resultText;
  if (operation.isCall) return `${name.replace(/^\./, '')}()`;
  if (execution.isFlusher(process)) return `store of ${what} reaches memory ← ${result}`;
  if (operation.kind === 'store') return `store ${what}${result === '' ? '' : ` ← ${result}`}`;
  return `${WORDS[operation.kind] ?? operation.kind} ${what}${result === '' ? '' : ` → ${result}`}`.trim();
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
};
