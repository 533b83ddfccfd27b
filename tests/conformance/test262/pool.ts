/** A few child processes that run tests; one that hangs or dies is replaced and its test counts as failed. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What the pool asks of a child. */
export interface Task {
  readonly mode: 'native' | 'snippet';
  readonly checkout: string;
  readonly path: string;
}

/** What a child answers: null for a pass, else why the test failed. */
export interface Verdict {
  readonly path: string;
  readonly failure: string | null;
}

const PATIENCE = 15_000;
/** Realms are not given back at once; a fresh child after so many tests keeps memory flat. */
const TESTS_PER_CHILD = 400;
const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/** Run every task on `size` children; `onVerdict` hears of each one as it ends. */
export async function runAll(
  tasks: readonly Task[],
  size: number,
  onVerdict: (verdict: Verdict) => void,
): Promise<void> {
  let next = 0;
  const take = () => tasks[next++];
  await Promise.all(Array.from({ length: size }, () => work(take, onVerdict)));
}

async function work(take: () => Task | undefined, onVerdict: (verdict: Verdict) => void): Promise<void> {
  let child: ChildProcess | null = null;
  let done = 0;
  for (let task = take(); task; task = take()) {
    child ??= fork(CHILD, {
      execArgv: ['--experimental-vm-modules', '--no-warnings', '--max-old-space-size=1024'],
    });
    const failure = await ask(child, task);
    onVerdict({ path: task.path, failure: failure.text });
    if (failure.lost || ++done % TESTS_PER_CHILD === 0) {
      child.kill('SIGKILL');
      child = null;
    }
  }
  child?.kill();
}

function ask(child: ChildProcess, task: Task): Promise<{ text: string | null; lost: boolean }> {
  return new Promise((resolve) => {
    const end = (text: string | null, lost: boolean) => {
      clearTimeout(timer);
      child.off('message', onMessage).off('exit', onExit);
      resolve({ text, lost });
    };
    const onMessage = (verdict: Verdict) => end(verdict.failure, false);
    const onExit = () => end('the process died', true);
    const timer = setTimeout(() => end('hangs', true), PATIENCE);
    child.once('message', onMessage).once('exit', onExit);
    child.send(task);
  });
}
