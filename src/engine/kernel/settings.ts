import type { MachineRequest } from '../language/index.ts';
import { TICKS } from '../machine/costs.ts';
import type { Random } from '../machine/random.ts';
import { makePolicy } from './scheduler/index.ts';
import type { Policy } from './scheduler/policy.ts';

/** The machine a run gets: what was asked for, checked, and defaults for the rest. Durations in nanoseconds. */
export interface MachineSettings {
  readonly cores: number;
  readonly policy: { readonly name: string; readonly [parameter: string]: unknown };
  readonly quantum: number;
  readonly seed: number;
  readonly costs: string | { readonly [cost: string]: unknown };
  readonly memory: number;
  readonly memoryModel: 'sc' | 'tso';
  readonly interpreterLock: boolean;
  readonly spuriousWakeups: boolean;
}

/** A short slice, so that a program of a few lines shows preemption. Linux's is a hundred times as long. */
export const DEFAULT_QUANTUM = 10_000;
const DEFAULT_MEMORY = 2 ** 30;
const MOST_CORES = 64;

const SETTINGS = [
  'cores',
  'policy',
  'quantum',
  'seed',
  'costs',
  'memory',
  'memoryModel',
  'interpreterLock',
  'spuriousWakeups',
];

/**
 * The machine asked for. Requests are given most important first: the first that names a setting decides it.
 * @throws RangeError where a setting makes no sense: what it was, and what it may be.
 */
export function settingsFrom(...requests: readonly (MachineRequest | null | undefined)[]): MachineSettings {
  const asked = Object.assign({}, ...requests.toReversed().map((request) => withoutGaps(request ?? {})));
  const unknown = Object.keys(asked).find((name) => !SETTINGS.includes(name));
  if (unknown !== undefined)
    throw new RangeError(`machine: there is no setting '${unknown}'; there are ${SETTINGS.join(', ')}.`);
  const named = typeof asked.policy === 'object' ? asked.policy : { name: asked.policy ?? 'rr' };
  const isSliced = hasFirst(requests, 'quantum', 'policy');
  const policy = isSliced ? withoutSlices(named) : named;
  return {
    cores: whole('cores', asked.cores ?? 2, 1, MOST_CORES),
    policy,
    quantum: positive('quantum', asked.quantum ?? DEFAULT_QUANTUM),
    seed: whole('seed', asked.seed ?? 1, 0, Number.MAX_SAFE_INTEGER),
    costs: asked.costs ?? 'modern',
    memory: whole('memory', asked.memory ?? DEFAULT_MEMORY, 4096, 2 ** 40),
    memoryModel: oneOf('memoryModel', asked.memoryModel ?? 'sc', ['sc', 'tso'] as const),
    interpreterLock: flag('interpreterLock', asked.interpreterLock ?? false),
    spuriousWakeups: flag('spuriousWakeups', asked.spuriousWakeups ?? false),
  };
}

/** Does a request say this one setting that comes before every request that says the other? */
function hasFirst(
  requests: readonly (MachineRequest | null | undefined)[],
  one: keyof MachineRequest,
  other: keyof MachineRequest,
): boolean {
  const first = requests.find((request) => request?.[one] !== undefined || request?.[other] !== undefined);
  return first?.[one] !== undefined && first[other] === undefined;
}

/** A policy whose own slices give way to the one that somebody more important asked for. */
function withoutSlices(policy: MachineSettings['policy']): MachineSettings['policy'] {
  const { quantum: _quantum, slice: _slice, quanta, ...rest } = policy;
  const queues = rest.queues ?? (Array.isArray(quanta) ? quanta.length : undefined);
  return { ...rest, name: policy.name, ...(queues === undefined ? {} : { queues }) };
}

function withoutGaps(request: MachineRequest): MachineRequest {
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
}

/** The policy of a machine, with empty queues. */
export function policyOf(settings: MachineSettings, random: Random): Policy {
  return makePolicy(settings.policy, settings.quantum * TICKS, random);
}

function whole(name: string, value: unknown, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(
    `machine: ${name} must be a whole number from ${least} to ${most}; it is ${String(value)}.`,
  );
}

function positive(name: string, value: unknown): number {
  if (typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY) return value;
  throw new RangeError(
    `machine: ${name} must be a number of nanoseconds greater than 0; it is ${String(value)}.`,
  );
}

function flag(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw new RangeError(`machine: ${name} must be true or false; it is ${String(value)}.`);
}

function oneOf<T>(name: string, value: unknown, choices: readonly T[]): T {
  if (choices.includes(value as T)) return value as T;
  throw new RangeError(`machine: ${name} must be one of ${choices.join(', ')}; it is ${String(value)}.`);
}
