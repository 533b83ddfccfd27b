import type { Position, Report } from '../../engine/index.ts';
import { count } from '../views/format.ts';
import { type Goal, goalWords, isReached } from './goals.ts';
import type { SnippetState } from './model.ts';
import type { BuiltProgram } from './program.ts';
import { playProgram } from './runner.ts';
import type { Lease, Pool } from './sandbox/pool.ts';
import type { Store } from './store.ts';
import { describeRefusal } from './words.ts';

/** What a position says to somebody who plays the scheduler. */
export function describePosition(
  { choices, report }: Pick<Position, 'choices' | 'report'>,
  goal: Goal,
): string {
  if (choices.length > 0) return `Your turn: ${count(choices.length, 'thread')} can go on. Which one?`;
  const happened = whatHappened(report);
  if (!isReached(goal, report))
    return `${happened}. The goal was: ${goalWords(goal)}. Undo and let them go in another order.`;
  return goal.kind === 'print' ? `You got there. ${happened}.` : happened;
}

function whatHappened({ status, error, stdout }: Report): string {
  if (status === 'deadlock') return `You made it deadlock. ${error?.message ?? ''}`.trim();
  if (error) return `You made it fail: ${error.message}`;
  const printed = stdout.map(({ text }) => text).join(' ⏎ ');
  return printed === '' ? 'It ended well and printed nothing' : `It ended well and printed ${printed}`;
}

/** "You are the scheduler": one worker answers where the program stands after each decision. */
export class SchedulerGame {
  private readonly pool: Pool;
  private readonly program: BuiltProgram;
  private readonly store: Store<SnippetState>;
  private lease: Lease | null = null;
  private asked = 0;

  constructor(pool: Pool, program: BuiltProgram, store: Store<SnippetState>) {
    this.pool = pool;
    this.program = program;
    this.store = store;
  }

  /** Begin at the first decision. */
  begin(): Promise<string | null> {
    return this.go([], []);
  }

  /** Let this process go next. */
  choose(process: number): Promise<string | null> {
    const { game } = this.store.get();
    if (!game) return Promise.resolve(null);
    return this.go([...game.taken, process], [...game.history, game.taken]);
  }

  /** Take the last decision back. */
  undo(): Promise<string | null> {
    const { game } = this.store.get();
    const before = game?.history.at(-1);
    return before ? this.go(before, game?.history.slice(0, -1) ?? []) : Promise.resolve(null);
  }

  /** End the game; what happened in it stays to be looked at. */
  leave(): void {
    this.lease?.end();
    this.lease = null;
    if (this.store.get().game) this.store.set({ game: null });
  }

  /** Ask where the program stands. Answers the schedule that leads there, or null where there is none. */
  private async go(
    steps: readonly number[],
    history: readonly (readonly number[])[],
  ): Promise<string | null> {
    const turn = ++this.asked;
    const { text, machine } = this.store.get();
    this.lease ??= this.pool.take(true);
    const { lease } = this;
    const code = await this.program.codeFor(text);
    const played = await playProgram(lease, code, steps, machine, new AbortController().signal);
    if (turn !== this.asked) return null;
    if ('lost' in played || played.refused) {
      this.leave();
      const why = 'lost' in played ? `The worker was lost: ${played.lost}.` : describeRefusal(played.refused);
      this.store.set({ status: why, refusal: 'lost' in played ? null : played.refused });
      return null;
    }
    const { map, position } = played;
    const { report, trace, inside, choices, taken, schedule } = position;
    this.store.set({
      game: { choices, taken, history },
      finished: { map, report, trace, inside },
      lines: report.stdout,
      cursor: trace.length,
      refusal: null,
      status: describePosition(position, this.store.get().goal),
    });
    return schedule;
  }
}
