import { type CostProfile, PROFILES } from './profiles.ts';

/** Ticks in a nanosecond: the resolution of the virtual clock. The language's contract has the same number. */
export const TICKS = 16;

/** What the machine charges. All nanoseconds of the profile, turned into whole ticks. */
export interface Costs extends CostProfile {
  /** `free`: nothing takes time but `compute` and devices. */
  readonly free: boolean;
}

/**
 * The costs that a name or an object of overrides asks for, in ticks. Overrides name single costs of `CostProfile` in nanoseconds; `base` names the
 * profile they change.
 * @throws RangeError for an unknown profile or cost, or a cost that is not a number of at least 0.
 */
export function resolveCosts(request: string | { readonly [cost: string]: unknown } = 'modern'): Costs {
  if (typeof request === 'string') return inTicks(profileNamed(request), request === 'free');
  const { base = 'modern', ...overrides } = request;
  const profile: Record<string, unknown> = { ...profileNamed(String(base)) };
  for (const [name, value] of Object.entries(overrides)) profile[name] = override(name, profile[name], value);
  return inTicks(profile as unknown as CostProfile, base === 'free');
}

function profileNamed(name: string): CostProfile {
  if (name === 'free') return allZero(PROFILES.modern as CostProfile);
  const profile = PROFILES[name];
  if (profile) return profile;
  const names = [...Object.keys(PROFILES), 'free'].join(', ');
  throw new RangeError(
    `There is no cost profile '${name}'. Choose one of ${names}, or an object that overrides single costs.`,
  );
}

function override(name: string, before: unknown, value: unknown): unknown {
  if (before === undefined)
    throw new RangeError(`There is no cost '${name}'. The costs are listed in machine/profiles.ts.`);
  if (typeof before !== 'number') return value;
  if (typeof value === 'number' && value >= 0) return value;
  throw new RangeError(
    `The cost '${name}' must be a number of nanoseconds, 0 or more; it is ${String(value)}.`,
  );
}

/** Names of the fields that are sizes, not times. */
const SIZES = new Set(['line', 'bytes', 'ways', 'entries', 'tags', 'kernelFootprint']);

function mapTimes<T>(value: T, change: (time: number) => number): T {
  if (Array.isArray(value)) return value.map((item) => mapTimes(item, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  const result: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    const isTime = typeof field === 'number' && !SIZES.has(name);
    result[name] = isTime ? change(field) : mapTimes(field, change);
  }
  return result as T;
}

function allZero(profile: CostProfile): CostProfile {
  return mapTimes(profile, () => 0);
}

/** Costs per byte stay fractions of a tick; they are multiplied before they are rounded. */
function inTicks(profile: CostProfile, free: boolean): Costs {
  const ticks = mapTimes(profile, (time) => Math.round(time * TICKS));
  const { pipeByte, copyByte } = profile;
  return { ...ticks, pipeByte: pipeByte * TICKS, copyByte: copyByte * TICKS, free };
}
