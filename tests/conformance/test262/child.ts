/** A child process of the pool: answers each task with a verdict. */
import { runNative } from './native.ts';
import type { Task, Verdict } from './pool.ts';
import { runSnippet } from './snippet.ts';
import { readTest } from './suite.ts';

// A test may leave a rejected promise behind on purpose; it must not end the child.
process.on('unhandledRejection', () => {});
process.on('uncaughtException', () => {});

process.on('message', async (task: Task) => {
  const test = readTest(task.checkout, task.path);
  if (typeof test === 'string') throw new Error(`${task.path} is excluded: ${test}`);
  const run = task.mode === 'native' ? runNative : runSnippet;
  const failure = await run(task.checkout, test);
  process.send?.({ path: task.path, failure } satisfies Verdict);
});
