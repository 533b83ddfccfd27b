/** Runs one test of the suite as a snippet: compiled here, run on a runtime of its own in a fresh realm. */
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import { buildSync } from 'esbuild';
import { CompileError, compile, type Program } from '../../../src/engine/language/index.ts';
import type { Ending } from '../bare-machine.ts';
import { judgeEnd, judgeError } from './native.ts';
import { assemble, type SuiteTest } from './suite.ts';

const DEADLINE = 10_000;

const bundle = buildSync({
  entryPoints: [fileURLToPath(new URL('../bare-machine.ts', import.meta.url))],
  bundle: true,
  format: 'iife',
  globalName: 'entry',
  target: 'esnext',
  write: false,
});
const runtime = new vm.Script(`${bundle.outputFiles[0]?.text}\nentry.run;`);

/** Null where the test passes, else why it does not. */
export async function runSnippet(checkout: string, test: SuiteTest): Promise<string | null> {
  let program: Program;
  try {
    program = compile(assemble(checkout, test, 'const print = console.log;'), { name: test.path });
  } catch (error) {
    if (error instanceof CompileError)
      return test.negative?.phase === 'parse'
        ? null
        : `does not compile: ${error.message} (${error.line}:${error.column})`;
    return `the compiler failed: ${(error as Error).stack?.split('\n').slice(0, 3).join(' ')}`;
  }
  if (test.negative?.phase === 'parse') return 'compiled, but should not';
  try {
    const context = vm.createContext();
    const run = runtime.runInContext(context) as (program: Program) => Ending;
    Object.assign(context, { run, program });
    const ending = vm.runInContext('run(program)', context, { timeout: DEADLINE }) as Ending;
    return ending.failed ? judgeError(test, 'runtime', ending.error) : judgeEnd(test, ending.lines);
  } catch (error) {
    return `the runtime failed: ${(error as Error).message} ${(error as Error).stack?.split('\n').slice(1, 4).join(' ')}`;
  }
}
