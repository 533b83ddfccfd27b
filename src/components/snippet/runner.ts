import type { ExplorationReport, ExploreOptions, OutputLine, RunOptions } from '../../engine/index.ts';
import type {
  Code,
  Played,
  Progress,
  Refusal,
  Request,
  SearchProgress,
  Started,
} from '../../engine/service.ts';
import type { FinishedRun } from './model.ts';
import { WorkerLost } from './sandbox/frame.ts';
import type { Lease } from './sandbox/pool.ts';

/** How a run ended. */
export type Ending =
  | { readonly kind: 'finished'; readonly run: FinishedRun; readonly stopped: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'lost'; readonly message: string };

/** Real milliseconds: how long each kind of patience lasts. */
export interface Patience {
  /** A worker that does not answer Stop is ended after this. */
  readonly stop: number;
  /** A worker that says nothing at all is ended after this. */
  readonly silence: number;
  /** A run is stopped after this, with what it did so far. */
  readonly run: number;
  /** A search may take this long to put together what it has found when it is stopped. */
  readonly findings: number;
}

/** What a page can bear. */
export const patience: Patience = { stop: 1_000, silence: 8_000, run: 20_000, findings: 6_000 };

/** What happens on the way. */
export interface RunEvents {
  onStart(): void;
  onLines(lines: readonly OutputLine[]): void;
}

/** For a run whose output nobody waits for. */
export const unheard: RunEvents = { onStart() {}, onLines() {} };

/** Run a program in a worker to its end, or until `signal` says stop. Never rejects for anything the program did. */
export async function runProgram(
  lease: Lease,
  code: Code,
  options: Request,
  events: RunEvents,
  signal: AbortSignal,
  { schedule = null, limits = patience }: { schedule?: string | null; limits?: Patience } = {},
): Promise<Ending> {
  const began = performance.now();
  try {
    const asked = lease.service.start(code, options, schedule) as Promise<Started>;
    const started = await answer(asked, lease, signal, limits);
    if (started.refused) return { kind: 'refused', refusal: started.refused };
    // A worker that was given a program does not send it back.
    const map = started.map ?? ('program' in code ? code.program : null);
    if (!map) throw new WorkerLost('its answer has no places in the source');
    events.onStart();
    let progress: Progress = started.progress;
    let stopped = false;
    let printed: OutputLine[] = [];
    for (;;) {
      if (progress.lines.length > 0) {
        events.onLines(progress.lines);
        printed = printed.concat(progress.lines);
      }
      if (progress.result) {
        const { report, trace, columns, inside } = progress.result;
        const late: Record<string, ArrayBufferView> = {};
        for (const name of columns) {
          const asked = lease.service.column(name) as Promise<ArrayBufferView>;
          late[name] = await answer(asked, lease, signal, limits);
        }
        const run = {
          map,
          report: { ...report, stdout: printed },
          trace: { ...trace, ...late },
          ...(inside && { inside }),
        };
        return { kind: 'finished', run, stopped };
      }
      stopped = signal.aborted || performance.now() - began > limits.run;
      progress = await answer(
        stopped ? lease.service.stop() : lease.service.advance(),
        lease,
        signal,
        limits,
      );
    }
  } catch (error) {
    return { kind: 'lost', message: error instanceof Error ? error.message : String(error) };
  } finally {
    lease.end();
  }
}

/** How a search of the schedules ended. */
export type SearchEnding =
  | { readonly kind: 'explored'; readonly exploration: ExplorationReport; readonly stopped: boolean }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'lost'; readonly message: string };

/** Search the schedules of a program in a worker, until all are covered or `signal` says stop. Never rejects for anything the program did. */
export async function exploreProgram(
  lease: Lease,
  code: Code,
  options: ExploreOptions,
  onProgress: (progress: SearchProgress) => void,
  signal: AbortSignal,
  limits: Patience = patience,
): Promise<SearchEnding> {
  try {
    const { refused } = await answer(lease.service.explore(code, options), lease, signal, limits);
    if (refused) return { kind: 'refused', refusal: refused };
    const patient = { ...limits, stop: limits.findings };
    for (;;) {
      const stopped = signal.aborted;
      const progress = await answer(lease.service.advanceSearch(stopped), lease, signal, patient);
      if (progress.result) return { kind: 'explored', exploration: progress.result, stopped };
      onProgress(progress);
    }
  } catch (error) {
    return { kind: 'lost', message: error instanceof Error ? error.message : String(error) };
  } finally {
    lease.end();
  }
}

/** Where a program stands after steps of the reader's choice. Unlike a run it leaves the worker alive, for the next step. */
export async function playProgram(
  lease: Lease,
  code: Code,
  steps: readonly number[],
  options: RunOptions,
  signal: AbortSignal,
  limits: Patience = patience,
): Promise<Played | { readonly lost: string }> {
  try {
    const asked = lease.service.play(code, steps, options) as Promise<Played>;
    return await answer(asked, lease, signal, limits);
  } catch (error) {
    lease.end();
    return { lost: error instanceof Error ? error.message : String(error) };
  }
}

/** The worker's answer, or a rejection when it died, fell silent or does not stop. */
function answer<T>(asked: Promise<T>, { died }: Lease, signal: AbortSignal, limits: Patience): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (message: string) => () => reject(new WorkerLost(message));
    const silence = setTimeout(giveUp('it did not answer, so it was ended'), limits.silence);
    let grace: ReturnType<typeof setTimeout> | undefined;
    const onStop = () => {
      grace = setTimeout(giveUp('it did not stop when asked, so it was ended'), limits.stop);
    };
    if (signal.aborted) onStop();
    signal.addEventListener('abort', onStop, { once: true });
    Promise.race([asked, died])
      .then(resolve, reject)
      .finally(() => {
        clearTimeout(silence);
        clearTimeout(grace);
        signal.removeEventListener('abort', onStop);
      });
  });
}
