import { describe, expect, test } from 'vitest';
import { simulate } from '../../bench/figures.ts';
import { experiments } from '../../bench/kernel/experiments.ts';

describe('the experiments behind published figures, run on the simulated machine', () => {
  test.each(experiments.map((experiment) => [experiment.name, experiment] as const))(
    '%s: within a factor of two of what was published',
    (_name, experiment) => {
      const [low, high] = experiment.published;
      const simulated = simulate(experiment);
      expect(simulated).toBeGreaterThan(low / 2);
      expect(simulated).toBeLessThan(high * 2);
    },
  );
});
