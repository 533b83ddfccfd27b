import { Random } from '../../machine/random.ts';
import type { Frontier } from './frontier.ts';

/** Each step is a throw of the dice among the processes that can go on. Runs for as long as it is asked. */
export class RandomFrontier implements Frontier {
  readonly shared = 0;
  private readonly chance: Random;

  constructor(seed: number) {
    this.chance = new Random(seed);
  }

  choose(enabled: Int32Array, count: number): number {
    return enabled[count === 1 ? 0 : this.chance.below(count)] as number;
  }

  stepped(): void {}

  end(): boolean {
    return true;
  }
}
