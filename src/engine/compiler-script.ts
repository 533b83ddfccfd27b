/** The worker's script that can do everything: for texts to compile, schedules to search and schedules to replay. */
import { compile, explore, look, play, replay, start } from './session.ts';
import { serve } from './worker.ts';

serve({ start, compile, explore, replay, play, look });
