import type { Random } from '../../machine/random.ts';
import { Fifo } from './fifo.ts';
import type { Policy } from './policy.ts';
import { RoundRobin } from './round-robin.ts';

/** What `machine({ policy })` says: a name and parameters. Durations in nanoseconds. */
export interface PolicyRequest {
  readonly name: string;
  readonly [parameter: string]: unknown;
}

type Maker = (request: PolicyRequest, quantum: number, random: Random) => Policy;

const MAKERS: Readonly<Record<string, Maker>> = {
  fifo: () => new Fifo(),
  rr: (_request, quantum) => new RoundRobin(quantum),
};

/**
 * The policy of that name with empty queues.
 * @param quantum The machine's slice in ticks, for policies that have one and were not told another.
 * @throws RangeError for an unknown name or a parameter that makes no sense.
 */
export function makePolicy(request: PolicyRequest, quantum: number, random: Random): Policy {
  const make = MAKERS[request.name];
  if (make) return make(request, quantum, random);
  throw new RangeError(
    `There is no scheduling policy '${request.name}'. Choose one of ${Object.keys(MAKERS).join(', ')}.`,
  );
}
