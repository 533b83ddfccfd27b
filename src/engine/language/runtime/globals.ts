/**
 * The globals of a snippet: the language's own, plus a console, timers and clocks that belong to the machine.
 * Whatever is not listed does not exist in a snippet; `ABSENT` says what to use instead.
 */
import type { Host } from '../host.ts';
import { hide, plainMethod } from './builtin.ts';
import { makeConsole } from './console.ts';
import { makeDate } from './date.ts';
import { METADATA } from './decorators.ts';
import { makeDisposableStack } from './disposable-stacks.ts';
import type { EventLoop } from './event-loop.ts';
import { makeFunctionConstructor } from './function-constructor.ts';
import type { Realm } from './realm.ts';
import type { Globals } from './runtime.ts';
import { FinalizationRegistry, WeakRef } from './weak.ts';

/** The language's own globals that snippets get as they are. */
const STANDARD = [
  ...[
    'Object',
    'Array',
    'String',
    'Number',
    'Boolean',
    'Symbol',
    'BigInt',
    'JSON',
    'Reflect',
    'Proxy',
    'RegExp',
  ],
  ...['Map', 'Set', 'WeakMap', 'WeakSet', 'Iterator', 'ArrayBuffer', 'SharedArrayBuffer', 'DataView'],
  ...['Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError'],
  ...['AggregateError', 'SuppressedError'],
  ...[
    'Int8Array',
    'Uint8Array',
    'Uint8ClampedArray',
    'Int16Array',
    'Uint16Array',
    'Int32Array',
    'Uint32Array',
  ],
  ...['BigInt64Array', 'BigUint64Array', 'Float16Array', 'Float32Array', 'Float64Array'],
  ...['parseInt', 'parseFloat', 'isNaN', 'isFinite', 'escape', 'unescape'],
  ...['encodeURI', 'encodeURIComponent', 'decodeURI', 'decodeURIComponent'],
] as const;

/** Names of the host's world that readers may reach for, and what a snippet has instead. */
export const ABSENT: Readonly<Record<string, string>> = {
  ...same('the network is not there; use listen() and connect() from "interleave"', [
    ...[
      'fetch',
      'XMLHttpRequest',
      'WebSocket',
      'EventSource',
      'WebTransport',
      'Request',
      'Response',
      'Headers',
    ],
  ]),
  ...same('there is no page; use print() for output', [
    ...[
      'window',
      'self',
      'document',
      'navigator',
      'location',
      'history',
      'screen',
      'frames',
      'parent',
      'top',
    ],
    ...['alert', 'confirm', 'prompt', 'requestAnimationFrame', 'requestIdleCallback'],
  ]),
  ...same('use Thread or Process from "interleave"', [
    ...['Worker', 'SharedWorker', 'ServiceWorker', 'importScripts'],
  ]),
  ...same('use Channel, pipe() or MessageQueue from "interleave"', [
    ...['postMessage', 'MessageChannel', 'MessagePort', 'BroadcastChannel', 'onmessage'],
  ]),
  ...same('nothing outlives a run; keep values in variables', [
    ...['localStorage', 'sessionStorage', 'indexedDB', 'caches', 'cookieStore'],
  ]),
  ...same('use getpid(), exit(), kill() and signal() from "interleave"', ['process', 'Deno', 'Bun']),
  ...same('a snippet is a module; import from "interleave"', [
    'require',
    'module',
    'exports',
    '__dirname',
    '__filename',
  ]),
  ...same('use globalThis', ['global']),
  ...same('use a typed array', ['Buffer', 'Blob', 'File']),
  ...same('use a shared flag, or Condition from "interleave"', ['AbortController', 'AbortSignal']),
  ...same('events and streams belong to the page; use callbacks, iterators or Channel from "interleave"', [
    ...['Event', 'EventTarget', 'CustomEvent', 'EventEmitter', 'ReadableStream', 'WritableStream'],
    ...['TransformStream', 'CompressionStream', 'DecompressionStream'],
  ]),
  ...same('text is UTF-16 here; use charCodeAt() and String.fromCharCode()', [
    ...['TextEncoder', 'TextDecoder', 'atob', 'btoa'],
  ]),
  ...same('take the text apart by hand', ['URL', 'URLSearchParams', 'FormData']),
  ...same('use Error', ['DOMException']),
  ...same('code cannot be made from text in a snippet; write a function', ['eval']),
  ...same('chance comes from the seed of the machine; use Math.random()', ['crypto']),
  ...same('results would depend on the computer that runs it; format by hand', ['Intl']),
  ...same('only TypeScript runs on the simulated machine', ['WebAssembly']),
};

function same(advice: string, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `${name} does not exist in a snippet: ${advice}`]));
}

/** The error of a name that is not there; says what to use where that is known. */
export function explainMissing(name: string): ReferenceError {
  return new ReferenceError((Object.hasOwn(ABSENT, name) && ABSENT[name]) || `${name} is not defined`);
}

/** Make the global object of the snippets of a realm. */
export function makeGlobals(realm: Realm): Globals {
  const globals: Globals = {};
  const host = globalThis as unknown as Globals;
  const constant = (name: string, value: unknown) => Object.defineProperty(globals, name, { value });
  for (const [name, value] of Object.entries({ undefined, NaN, Infinity })) constant(name, value);
  for (const name of STANDARD) if (name in host) hide(globals, name, host[name]);
  if (!('metadata' in Symbol)) Object.defineProperty(Symbol, 'metadata', { value: METADATA });
  hide(globals, 'globalThis', globals);
  hide(globals, 'Promise', realm.promises.Promise);
  hide(globals, 'Function', makeFunctionConstructor(realm.intrinsics));
  hide(
    globals,
    'Date',
    makeDate(() => realm.runtime.host.now()),
  );
  hide(
    globals,
    'Math',
    makeMath(() => realm.runtime.host),
  );
  hide(globals, 'Atomics', makeAtomics());
  hide(globals, 'DisposableStack', makeDisposableStack(realm, false));
  hide(globals, 'AsyncDisposableStack', makeDisposableStack(realm, true));
  hide(globals, 'WeakRef', WeakRef);
  hide(globals, 'FinalizationRegistry', FinalizationRegistry);
  hide(globals, 'console', makeConsole(realm));
  hide(globals, 'performance', makePerformance(realm));
  addTimers(realm, globals);
  if (typeof host.structuredClone === 'function') hide(globals, 'structuredClone', host.structuredClone);
  return globals;
}

/** `Math` with the machine's chance. */
function makeMath(host: () => Host): object {
  const math = Object.create(Object.prototype, Object.getOwnPropertyDescriptors(Math)) as object;
  hide(
    math,
    'random',
    plainMethod('random', 0, () => host().random()),
  );
  return math;
}

/** `Atomics` without what would block the computer's own thread. */
function makeAtomics(): object {
  const { wait, waitAsync, notify, ...rest } = Object.getOwnPropertyDescriptors(
    Atomics,
  ) as PropertyDescriptorMap;
  const atomics = Object.create(Object.prototype, rest) as object;
  for (const name of ['wait', 'waitAsync', 'notify'])
    hide(atomics, name, () => {
      throw new TypeError(
        `Atomics.${name} does not exist in a snippet: use Mutex and Condition from "interleave"`,
      );
    });
  return atomics;
}

function makePerformance(realm: Realm): object {
  const performance = Object.create(Object.prototype) as object;
  hide(
    performance,
    'now',
    plainMethod('now', 0, () => realm.runtime.host.now() / 1e6),
  );
  return performance;
}

function addTimers(realm: Realm, globals: Globals): void {
  const define = (name: string, body: (loop: EventLoop, args: readonly unknown[], site: number) => unknown) =>
    hide(
      globals,
      name,
      plainMethod(name, 1, (_self, args) => body(realm.runtime.loop, args, realm.runtime.site)),
    );
  for (const name of ['setTimeout', 'setInterval'])
    define(name, (loop, args, site) =>
      loop.setTimer(callable(name, args[0]), args[1], args.slice(2), name === 'setInterval', site),
    );
  define('setImmediate', (loop, args, site) =>
    loop.setImmediate(callable('setImmediate', args[0]), args.slice(1), site),
  );
  define('queueMicrotask', (loop, { 0: callback }) => loop.enqueueCall(callable('queueMicrotask', callback)));
  for (const name of ['clearTimeout', 'clearInterval'])
    define(name, (loop, { 0: id }) => loop.clearTimer(id));
  define('clearImmediate', (loop, { 0: id }) => loop.clearImmediate(id));
}

function callable(where: string, callback: unknown): unknown {
  if (typeof callback === 'function') return callback;
  throw new TypeError(`${where} needs a function, not ${String(callback)}`);
}
