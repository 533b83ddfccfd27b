/**
 * `JSON`. Where it calls nothing of the reader's, it runs natively. That is found out by trying: the first function of the reader's that the
 * native one calls ends the attempt before it runs (see `Runtime.attempt`), and the work begins anew in a form that can be suspended.
 */
import { SUSPENDED } from '../host.ts';
import { isObject, type Routine } from './builtin.ts';
import { canSuspend, TICKS_PER_TURN } from './callback.ts';
import { type Frame, putNative } from './forms.ts';
import { JsonWriter } from './json-writer.ts';
import type { Runtime } from './runtime.ts';

const MAX_GAP = 10;

/** Put the forms on `JSON`. */
export function addJsonForms(): void {
  const { stringify, parse } = JSON;
  putNative(stringify, {
    tail(rt, self, args) {
      if (rt.step > 0) return rt.direct(stringify, self, args);
      const attempt = canSuspend(args[1]) ? null : rt.attempt(stringify, self, args);
      if (attempt !== null) return attempt.result;
      return rt.run(write(rt, args));
    },
  });
  putNative(parse, {
    tail(rt, self, args) {
      return rt.step === 0 && canSuspend(args[1]) ? rt.run(revive(rt, args)) : rt.direct(parse, self, args);
    },
  });
}

function* write(rt: Runtime, { 0: value, 1: replacer, 2: space }: readonly unknown[]): Frame {
  const writer = new JsonWriter(rt, {
    replacer: typeof replacer === 'function' ? replacer : null,
    keys: Array.isArray(replacer) ? keysOf(replacer) : null,
    gap: gapOf(space),
  });
  return yield* writer.property({ '': value }, '');
}

/** The properties that a list of keys allows. */
function keysOf(list: readonly unknown[]): string[] {
  const keys = new Set<string>();
  for (let i = 0; i < list.length; i++) {
    const item = list[i];
    const isKey = typeof item === 'string' || typeof item === 'number';
    if (isKey || item instanceof String || item instanceof Number) keys.add(String(item));
  }
  return [...keys];
}

function gapOf(space: unknown): string {
  if (space instanceof Number) return gapOf(Number(space));
  if (space instanceof String) return gapOf(String(space));
  if (typeof space === 'number') return ' '.repeat(Math.max(0, Math.min(MAX_GAP, Math.trunc(space) || 0)));
  return typeof space === 'string' ? space.slice(0, MAX_GAP) : '';
}

/** What a reviver is told of a primitive value: the text it was made from. */
interface Origin {
  readonly value: unknown;
  readonly context: unknown;
}

/** Parse natively, then call the reviver for every value, the innermost first. */
function* revive(rt: Runtime, { 0: text, 1: reviver }: readonly unknown[]): Frame {
  const origins = new Map<unknown, Map<string, Origin>>();
  let root: Origin = { value: undefined, context: undefined };
  function note(this: unknown, key: string, value: unknown, context: unknown): unknown {
    root = { value, context };
    const known = origins.get(this) ?? new Map<string, Origin>();
    origins.set(this, known.set(key, root));
    return value;
  }
  const parsed: unknown = rt.direct(JSON.parse, JSON, [text, note]);
  const holder = { '': parsed };
  origins.set(holder, new Map([['', root]]));
  return yield* revived(rt, reviver as Function, holder, '', origins);
}

/** The indices that an array has at first: what a reviver adds behind them is not visited. */
const indicesOf = ({ length }: readonly unknown[]): string[] => Array.from({ length }, (_, at) => String(at));

function* revived(
  rt: Runtime,
  reviver: Function,
  holder: Record<string, unknown>,
  key: string,
  origins: ReadonlyMap<unknown, ReadonlyMap<string, Origin>>,
): Routine<unknown> {
  rt.fuel[0] = (rt.fuel[0] as number) - TICKS_PER_TURN;
  if ((rt.fuel[0] as number) < 0) yield;
  const value = holder[key];
  if (isObject(value)) {
    const object = value as Record<string, unknown>;
    const keys = Array.isArray(value) ? indicesOf(value) : Object.keys(object);
    for (const name of keys) {
      const item = yield* revived(rt, reviver, object, name, origins);
      if (item === undefined) Reflect.deleteProperty(object, name);
      else {
        const property = { value: item, writable: true, enumerable: true, configurable: true };
        Reflect.defineProperty(object, name, property);
      }
    }
  }
  const origin = origins.get(holder)?.get(key);
  const isUntouched = origin !== undefined && Object.is(origin.value, value);
  const result = rt.call3(reviver, holder, key, value, isUntouched ? origin.context : {});
  return result === SUSPENDED ? yield : result;
}
