import { type Program, type Report, type Run, type RunOptions, start } from '../engine/index.ts';
import type { ErrorReport } from '../engine/report.ts';
import { UsageError } from './usage.ts';

/** Steps between two looks at the output: small enough that lines appear as they are printed. */
const portion = 1_000_000;

/** Start a program and run it to its end. Throws UsageError where the machine asked for makes no sense. */
export function runToEnd(program: Program, machine: RunOptions, onLine: (text: string) => void): Run {
  return toEnd(started(program, machine), onLine);
}

function started(program: Program, machine: RunOptions): Run {
  try {
    return start(program, machine);
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(error.message);
    throw error;
  }
}

/** Take a run to its end, handing each new line of output to `onLine`. */
export function toEnd(run: Run, onLine: (text: string) => void): Run {
  let shown = 0;
  for (let ended = false; !ended; ) {
    ended = run.advance(portion);
    for (; shown < run.output.length; shown++) onLine(run.output[shown]?.text ?? '');
  }
  return run;
}

/** 0: the program ended well. 1: it ended otherwise, or its first process failed. */
export function exitCode({ status, processes }: Report): 0 | 1 {
  const exit = processes.find(({ pid }) => pid === 1)?.exit;
  return status === 'exited' && exit?.code === 0 && exit.signal === null ? 0 : 1;
}

/** What children say on the error stream when an error ends them: a line each. Their parents know it already, and may expect it. */
export function lastWords(file: string, { processes }: Report): string[] {
  return processes.flatMap(({ pid, name, error }) => {
    const who = name === `process ${pid}` ? name : `process ${pid} (${name})`;
    return error ? [inWords(file, { ...error, message: `${who}: ${error.message}` })] : [];
  });
}

/** What to say on the error stream after a run: null where all went well. */
export function complaint(file: string, { status, error, processes }: Report): string | null {
  if (error) return inWords(file, error);
  const exit = processes.find(({ pid }) => pid === 1)?.exit;
  if (exit?.signal) return `${file}: killed by ${exit.signal}`;
  if (status !== 'exited') return `${file}: ended by ${status}`;
  return exit?.code ? `${file}: exit code ${exit.code}` : null;
}

function inWords(file: string, { line, column, message, stack = [] }: ErrorReport): string {
  // The place alone says as much as a stack of one frame.
  const frames = stack.length > 1 ? stack.map((frame) => `\n    ${frame}`).join('') : '';
  const place = line > 0 ? `${file}:${line}:${column}` : file;
  return `${place}: ${message}${frames}`;
}
