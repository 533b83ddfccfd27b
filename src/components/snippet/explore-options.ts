import type { ExploreOptions } from '../../engine/index.ts';
import type { SnippetState } from './model.ts';

/** What a search takes of the machine's settings; costs and policies do not exist where every schedule is run. */
export function exploreOptions({ machine, search }: SnippetState): ExploreOptions {
  const { seed, memoryModel, spuriousWakeups } = machine;
  const { strategy, preemptions, races } = search;
  return {
    strategy,
    races,
    ...(preemptions === null ? {} : { preemptions }),
    ...(seed === undefined ? {} : { seed }),
    ...(memoryModel === undefined ? {} : { memoryModel }),
    ...(spuriousWakeups === undefined ? {} : { spuriousWakeups }),
  };
}
