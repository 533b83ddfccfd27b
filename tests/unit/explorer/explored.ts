import { compile, type ExploreOptions, explore, replay } from '../../../src/engine/index.ts';

/** Everything an exploration of this source finds. */
export function explored(source: string, options: ExploreOptions = {}) {
  const run = explore(compile(source), options);
  while (!run.advance(1_000)) {}
  return run.result();
}

/** Distinct outputs, sorted, a line each joined with spaces. */
export function outputsOf(source: string, options: ExploreOptions = {}): string[] {
  const { outcomes } = explored(source, options);
  return [...new Set(outcomes.map(({ stdout }) => stdout.join(' ')))].sort();
}

/** What a schedule's replay prints. */
export function replayed(source: string, schedule: string): string[] {
  const run = replay(compile(source), schedule);
  run.advance(Number.POSITIVE_INFINITY);
  return run.report().stdout.map(({ text }) => text);
}
