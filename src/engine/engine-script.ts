/** The worker's script for a program that the build has compiled: no compiler, no parser, no explorer. */
import { start } from './session.ts';
import { serve } from './worker.ts';

/** Stands for what `compiler-script.ts` brings. */
function absent(): never {
  throw new Error('This worker runs compiled programs only: it compiles, explores and replays nothing.');
}

serve({ start, compile: absent, explore: absent, replay: absent, play: absent });
