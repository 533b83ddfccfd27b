/** Runs one test of the suite natively: a strict module in a fresh realm of this very Node. */
import vm from 'node:vm';
import { assemble, type SuiteTest } from './suite.ts';

const DEADLINE = 5000;

/** Null where the test passes, else why it does not. */
export async function runNative(checkout: string, test: SuiteTest): Promise<string | null> {
  const lines: string[] = [];
  const context = vm.createContext({ __print: (line: unknown) => lines.push(String(line)) });
  const source = assemble(checkout, test, 'const print = __print;');
  let module: vm.SourceTextModule;
  try {
    module = new vm.SourceTextModule(source, { context });
    await module.link(() => {
      throw new Error('a test must not import');
    });
  } catch (error) {
    return judgeError(test, 'parse', error);
  }
  if (test.negative?.phase === 'parse') return 'parsed, but should not';
  try {
    await within(module.evaluate({ timeout: DEADLINE }));
    if (test.async) await within(reported(lines));
  } catch (error) {
    return judgeError(test, 'runtime', error);
  }
  return judgeEnd(test, lines);
}

/** Whether an error in a phase is what the test asks for. */
export function judgeError(test: SuiteTest, phase: string, error: unknown): string | null {
  const name = errorName(error);
  if (test.negative?.phase === phase && test.negative.type === name) return null;
  return `${phase}: ${name}: ${errorText(error)}`;
}

/** Whether a test that ran to its end passed. */
export function judgeEnd(test: SuiteTest, lines: readonly string[]): string | null {
  if (test.negative) return `expected ${test.negative.type}, nothing was thrown`;
  if (!test.async) return null;
  const line = lines.find((text) => text.startsWith('Test262:'));
  return line === 'Test262:AsyncTestComplete' ? null : (line ?? 'ended without calling $DONE');
}

function errorName(error: unknown): string {
  return (error as { constructor?: { name?: string } } | null)?.constructor?.name ?? typeof error;
}

function errorText(error: unknown): string {
  try {
    return String((error as { message?: unknown } | null)?.message ?? error);
  } catch {
    return 'an error without text';
  }
}

/** Async tests end some turns of the loop after their module. */
async function reported(lines: readonly string[]): Promise<void> {
  for (let turn = 0; turn < 100; turn++) {
    if (lines.some((text) => text.startsWith('Test262:'))) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('took too long')), DEADLINE);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
