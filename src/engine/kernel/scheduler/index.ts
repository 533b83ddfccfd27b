import type { Random } from '../../machine/random.ts';
import { Fair } from './fair.ts';
import { Fifo } from './fifo.ts';
import { Lottery } from './lottery.ts';
import { Mlfq } from './mlfq.ts';
import type { Policy } from './policy.ts';
import { Priority } from './priority.ts';
import { RoundRobin } from './round-robin.ts';
import { ShortestCompletion, ShortestJob } from './shortest-job.ts';

/** What `machine({ policy })` says: a name and parameters. Durations in nanoseconds. */
export interface PolicyRequest {
  readonly name: string;
  readonly queues?: unknown;
  readonly stay?: unknown;
  readonly front?: unknown;
  readonly [parameter: string]: unknown;
}

const TICKS_PER_NANOSECOND = 16;
const MLFQ_QUEUES = 3;

type Maker = (request: PolicyRequest, quantum: number, random: Random) => Policy;

/** The parameters each policy has. */
const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  fifo: [],
  sjf: [],
  stcf: [],
  rr: ['quantum', 'timer', 'yieldRestartsTimer', 'turns'],
  priority: ['quantum', 'aging'],
  lottery: ['quantum'],
  mlfq: ['queues', 'quanta', 'allotments', 'boost', 'stay', 'front'],
  fair: ['slice'],
};

const MAKERS: Readonly<Record<string, Maker>> = {
  fifo: () => new Fifo(),
  sjf: () => new ShortestJob(),
  stcf: () => new ShortestCompletion(),
  rr: makeRoundRobin,
  priority: (request, quantum) =>
    new Priority(ticks(request, 'quantum', quantum), ticks(request, 'aging', 0)),
  lottery: (request, quantum, random) => new Lottery(ticks(request, 'quantum', quantum), random),
  mlfq: makeMlfq,
  fair: (request, quantum) => new Fair(ticks(request, 'slice', quantum)),
};

/**
 * The policy of that name with empty queues.
 * @param quantum The machine's slice in ticks, for policies that have one and were not told another.
 * @throws RangeError for an unknown name or a parameter that makes no sense.
 */
export function makePolicy(request: PolicyRequest, quantum: number, random: Random): Policy {
  const make = Object.hasOwn(MAKERS, request.name) ? MAKERS[request.name] : undefined;
  if (!make)
    throw new RangeError(
      `There is no scheduling policy '${request.name}'. Choose one of ${Object.keys(MAKERS).join(', ')}.`,
    );
  const known = PARAMETERS[request.name] ?? [];
  for (const name of Object.keys(request))
    if (name !== 'name' && !known.includes(name))
      throw new RangeError(
        `${request.name}: there is no parameter '${name}'; it has ${known.join(', ') || 'none'}.`,
      );
  return make(request, quantum, random);
}

function makeRoundRobin(request: PolicyRequest, quantum: number): Policy {
  const { timer = 'slice' } = request;
  if (timer !== 'slice' && timer !== 'periodic')
    throw new RangeError(`rr: timer must be 'slice' or 'periodic'; it is ${String(timer)}.`);
  return new RoundRobin(ticks(request, 'quantum', quantum), {
    timer,
    yieldRestartsTimer: flag(request, 'yieldRestartsTimer'),
    turns: list(request, 'turns') ?? null,
  });
}

function makeMlfq(request: PolicyRequest, quantum: number): Policy {
  const quanta = list(request, 'quanta');
  const allotments = list(request, 'allotments');
  const queues = Number(request.queues ?? quanta?.length ?? allotments?.length ?? MLFQ_QUEUES);
  const isRight = (values: readonly number[] | undefined) => values === undefined || values.length === queues;
  if (!isRight(quanta) || !isRight(allotments) || !(Number.isInteger(queues) && queues >= 1))
    throw new RangeError('mlfq: quanta and allotments need one number for each queue, highest first.');
  return new Mlfq({
    quanta:
      quanta?.map((value) => value * TICKS_PER_NANOSECOND) ?? Array.from({ length: queues }, () => quantum),
    allotments: allotments ?? Array.from({ length: queues }, () => 1),
    boost: ticks(request, 'boost', 0),
    stay: flag(request, 'stay'),
    front: flag(request, 'front'),
  });
}

/** A duration among the parameters, in ticks. */
function ticks(request: PolicyRequest, name: string, otherwise: number): number {
  const value = request[name];
  if (value === undefined) return otherwise;
  const mayBeZero = otherwise === 0;
  if (typeof value === 'number' && (value > 0 || (mayBeZero && value === 0)))
    return value * TICKS_PER_NANOSECOND;
  throw new RangeError(
    `${request.name}: ${name} must be a number of nanoseconds greater than 0; it is ${String(value)}.`,
  );
}

function flag(request: PolicyRequest, name: string): boolean {
  const value = request[name] ?? false;
  if (typeof value === 'boolean') return value;
  throw new RangeError(`${request.name}: ${name} must be true or false; it is ${String(value)}.`);
}

function list(request: PolicyRequest, name: string): readonly number[] | undefined {
  const value = request[name];
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'number' && item > 0))
    return value;
  throw new RangeError(
    `${request.name}: ${name} must be a list of numbers greater than 0; it is ${JSON.stringify(value)}.`,
  );
}
