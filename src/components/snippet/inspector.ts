import type { SnippetState } from './model.ts';
import type { BuiltProgram } from './program.ts';
import { runProgram, unheard } from './runner.ts';
import type { Pool } from './sandbox/pool.ts';
import type { Store } from './store.ts';

/** Milliseconds the cursor rests before the moment is looked into: whoever drags the slider passes hundreds. */
const rest = 150;

/** A part of a nanosecond: the event at the cursor is done, and as good as nothing after it. */
const justAfter = 1 / 16;

/**
 * Where every thread stands at the cursor, with its variables. A trace does not hold that; but the same program on the same machine runs the
 * same way, so a worker runs it again up to that moment. Only while the reader looks at threads.
 */
export class Inspector {
  private readonly pool: Pool;
  private readonly program: BuiltProgram;
  private readonly store: Store<SnippetState>;
  private readonly schedule: () => string | null;
  private waiting: ReturnType<typeof setTimeout> | null = null;
  private looking: AbortController | null = null;

  /** `schedule` tells by which schedule the run was made that is shown; null for the machine's own choices. */
  constructor(pool: Pool, program: BuiltProgram, store: Store<SnippetState>, schedule: () => string | null) {
    this.pool = pool;
    this.program = program;
    this.store = store;
    this.schedule = schedule;
    store.subscribe(() => this.notice());
  }

  private notice(): void {
    const { inspected, cursor, finished } = this.store.get();
    const isKnown = inspected !== null && inspected.run === finished && inspected.cursor === cursor;
    if (this.waiting !== null) clearTimeout(this.waiting);
    this.waiting = this.isAsked() && !isKnown ? setTimeout(() => void this.look(), rest) : null;
  }

  /** Is there a moment to look into? At its end a run knows its stacks, and a game knows them at every step. */
  private isAsked(): boolean {
    const { view, cursor, finished, phase, game, text } = this.store.get();
    if (view !== 'Threads' || phase !== 'idle' || game || !finished || cursor === null) return false;
    return cursor > 0 && cursor < finished.trace.length && finished.map.source.trimEnd() === text;
  }

  private async look(): Promise<void> {
    const { cursor, finished, text, machine } = this.store.get();
    this.looking?.abort();
    if (!finished || cursor === null) return;
    const looking = new AbortController();
    this.looking = looking;
    const time = (finished.trace.time[cursor - 1] ?? 0) + justAfter;
    const options = { ...machine, limits: { ...machine.limits, time }, look: cursor };
    const lease = this.pool.take(true);
    const ending = await runProgram(lease, this.program.watched(text), options, unheard, looking.signal, {
      schedule: this.schedule(),
    });
    if (looking.signal.aborted || ending.kind !== 'finished') return;
    const { trace, inside = null } = ending.run;
    this.store.set({
      inspected: { run: finished, cursor, stacks: inside?.stacks ?? trace.stacks ?? [], inside },
    });
  }
}
