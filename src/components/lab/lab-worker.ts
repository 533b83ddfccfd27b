/** The worker of the lab: measures what it is asked to and answers; an empty message is only sent back. */
import { experiments } from './experiments.ts';
import { measure } from './measure.ts';

addEventListener('message', async ({ data }: MessageEvent<string>) => {
  const experiment = experiments.find(({ id }) => id === data);
  postMessage(experiment ? await measure(experiment.prepare(), () => performance.now()) : null);
});
