/** Errors that the reader makes: their stack is noted where they are made. */
import { isObject } from './builtin.ts';
import { putNative } from './forms.ts';
import type { Runtime } from './runtime.ts';

/** Native frames in a trace: several of the engine's stand between two of the reader's. */
const NATIVE_FRAMES = 60;

const CONSTRUCTORS = [
  ...['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'],
  ...['AggregateError', 'SuppressedError'],
];

type V8Error = { stackTraceLimit?: number; captureStackTrace?: Function };

/** Put the forms on the error constructors of the realm. */
export function addErrorForms(): void {
  const realm = globalThis as unknown as Record<string, unknown>;
  for (const name of CONSTRUCTORS) {
    const make = realm[name];
    if (typeof make !== 'function') continue;
    putNative(make, {
      tail: (rt, self, args) => noted(rt, rt.direct(make, self, args)),
      // biome-ignore lint/correctness/useYield: the form of a constructor is an activation, even where nothing suspends
      *construct(rt, args, newTarget) {
        const error = rt.directConstruct(make, args, newTarget);
        // The language skips frames up to the subclass's constructor, which is not on its stack here.
        return noted(rt, error, newTarget === make ? undefined : new Error());
      },
    });
  }
  const v8 = Error as V8Error;
  if ((v8.stackTraceLimit ?? NATIVE_FRAMES) < NATIVE_FRAMES) v8.stackTraceLimit = NATIVE_FRAMES;
  if (v8.captureStackTrace !== undefined) putNative(v8.captureStackTrace, { tail: capture });
}

function noted(rt: Runtime, error: unknown, traced?: Error): unknown {
  rt.caught(error, true, traced);
  return error;
}

/** V8's `Error.captureStackTrace(object)`: gives any object a stack. */
function capture(rt: Runtime, _self: unknown, { 0: target }: readonly unknown[]): undefined {
  if (!isObject(target)) throw new TypeError('Invalid argument: captureStackTrace needs an object');
  if (target instanceof Error) return undefined;
  const here = new Error();
  rt.caught(here, true);
  const { name = 'Error', message = '' } = target as { name?: string; message?: string };
  const head = message === '' ? name : `${name}: ${message}`;
  const value = [head, ...rt.errors.lines(here)].join('\n    ');
  Object.defineProperty(target, 'stack', { value, writable: true, configurable: true });
  return undefined;
}
