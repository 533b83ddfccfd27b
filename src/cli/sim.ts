import { writeFileSync } from 'node:fs';
import { toTraceEvents } from '../engine/index.ts';
import { type Arguments, machineOf, parseArguments } from './arguments.ts';
import { exploreCommand, replayCommand } from './explore.ts';
import { complaint, exitCode, lastWords, runToEnd } from './run.ts';
import { programFrom, SourceError } from './source.ts';
import { UsageError, usage } from './usage.ts';

function runCommand(args: Arguments): number {
  const json = args.values.json === true;
  const machine = machineOf(args);
  const run = runToEnd(programFrom(args.file), machine, json ? () => {} : console.log);
  const report = run.report();
  if (json) console.log(JSON.stringify(report));
  for (const warning of report.warnings ?? []) console.error(`${args.file}: warning: ${warning}`);
  for (const words of lastWords(args.file, report)) console.error(words);
  const problem = complaint(args.file, report);
  if (problem) console.error(problem);
  return exitCode(report);
}

function traceCommand(args: Arguments): number {
  const { out } = args.values;
  if (typeof out !== 'string') throw new UsageError('Say where to write the trace: --out T.json');
  const machine = machineOf(args);
  const program = programFrom(args.file);
  const run = runToEnd(program, machine, console.log);
  try {
    writeFileSync(out, JSON.stringify(toTraceEvents(run.trace(), program.sites)));
  } catch (error) {
    throw new UsageError(`Cannot write ${out}: ${error instanceof Error ? error.message : error}`);
  }
  const problem = complaint(args.file, run.report());
  if (problem) console.error(problem);
  return exitCode(run.report());
}

async function main(words: readonly string[]): Promise<number> {
  const args = parseArguments(words);
  switch (args.command) {
    case 'help':
      console.log(usage);
      return 0;
    case 'run':
      return runCommand(args);
    case 'explore':
      return await exploreCommand(args);
    case 'replay':
      return replayCommand(args);
    case 'trace':
      return traceCommand(args);
  }
}

/** With --json, a compile error is data like every other end of a run. */
function compileReport(error: SourceError): object {
  const { reason, line, column } = error;
  return { status: 'compile-error', stdout: [], error: { message: reason, line, column } };
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  if (error instanceof SourceError && process.argv.includes('--json'))
    console.log(JSON.stringify(compileReport(error)));
  console.error(error.message);
  if (!(error instanceof SourceError)) console.error('\n`sim --help` lists commands and options.');
  process.exitCode = 2;
}
