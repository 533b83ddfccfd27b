/** The methods of `Iterator.prototype`, with callbacks and iterators that can be suspended. */
import { SUSPENDED } from '../host.ts';
import { hide, method, type Routine } from './builtin.ts';
import { TICKS_PER_TURN } from './callback.ts';
import { describe } from './describe.ts';
import { type Frame, putNative } from './forms.ts';
import { closeUnstarted, makeGenerator, resumeGenerator } from './generator-object.ts';
import { closeIterator, getIterator, type IteratorRecord, stepIterator } from './iterate.ts';
import type { Realm } from './realm.ts';
import type { Runtime } from './runtime.ts';
import { YIELD } from './signals.ts';

/** Put the forms on `Iterator.prototype`. */
export function addIteratorForms(realm: Realm): void {
  const prototype = Iterator.prototype as unknown as Record<string, unknown>;
  const helpers = makeHelperPrototype(realm);
  for (const [name, body] of Object.entries(LAZY))
    replace(prototype, name, function* (rt, self, args) {
      const record = open(self);
      const argument = yield* checked(rt, record, name, args[0]);
      return makeGenerator(rt, withClosing(rt, record, body(rt, record, argument)), helpers, false, (how) =>
        closeIterator(how, record, false),
      );
    });
  for (const [name, work] of Object.entries(EAGER))
    replace(prototype, name, function* (rt, self, args) {
      const record = open(self);
      if (name !== 'toArray') yield* checked(rt, record, name, args[0]);
      return yield* work(rt, record, args);
    });
}

function replace(
  prototype: Record<string, unknown>,
  name: string,
  work: (rt: Runtime, self: unknown, args: readonly unknown[]) => Frame,
): void {
  const native = prototype[name];
  if (typeof native === 'function')
    putNative(native, { tail: (rt, self, args) => rt.run(work(rt, self, args)) });
}

function makeHelperPrototype(realm: Realm): object {
  const prototype = Object.create(Iterator.prototype) as object;
  Object.defineProperty(prototype, Symbol.toStringTag, { value: 'Iterator Helper', configurable: true });
  hide(
    prototype,
    'next',
    method(realm, 'next', 0, (rt, self) => resumeGenerator(rt, self, 'next', undefined)),
  );
  const finish = method(realm, 'return', 0, function* (rt, self) {
    yield* closeUnstarted(rt, self);
    return yield* resumeGenerator(rt, self, 'return', undefined);
  });
  hide(prototype, 'return', finish);
  return prototype;
}

function open(self: unknown): IteratorRecord {
  if ((typeof self !== 'object' || self === null) && typeof self !== 'function')
    throw new TypeError(`Iterator.prototype method called on ${describe(self)}`);
  return { iterator: self, next: (self as Iterator<unknown>).next };
}

/** The argument of a method: a function, or for `take` and `drop` a count. A wrong one closes the iterator. */
function* checked(rt: Runtime, record: IteratorRecord, name: string, argument: unknown): Frame {
  try {
    if (name !== 'take' && name !== 'drop') {
      if (typeof argument === 'function') return argument;
      throw new TypeError(`${describe(argument)} is not a function`);
    }
    const count = Number(argument);
    if (Number.isNaN(count) || Math.trunc(count) < 0)
      throw new RangeError(`${describe(argument)} must be positive`);
    return Math.trunc(count);
  } catch (error) {
    yield* closeIterator(rt, record, true);
    throw error;
  }
}

/** A lazy body whose iterator is closed where the body is left by `return` or by an error of its own. */
function* withClosing(rt: Runtime, record: IteratorRecord, body: Routine<boolean>): Frame {
  let ended = false;
  let failed = false;
  try {
    ended = yield* body;
  } catch (error) {
    failed = true;
    throw error;
  } finally {
    if (!ended && !failed) yield* closeIterator(rt, record, false);
  }
  return undefined;
}

/** Call back; an error closes the iterator. */
function* callBack(rt: Runtime, record: IteratorRecord, f: unknown, args: readonly unknown[]): Frame {
  rt.fuel[0] = (rt.fuel[0] as number) - TICKS_PER_TURN;
  if ((rt.fuel[0] as number) < 0) yield;
  try {
    let result = rt.apply(f, undefined, args);
    if (result === SUSPENDED) result = yield;
    return result;
  } catch (error) {
    yield* closeIterator(rt, record, true);
    throw error;
  }
}

function* give(rt: Runtime, value: unknown): Routine<void> {
  rt.out = value;
  yield YIELD;
}

/** Bodies of the methods that give an iterator; true where the inner iterator has come to its end. */
const LAZY: Readonly<
  Record<string, (rt: Runtime, record: IteratorRecord, argument: unknown) => Routine<boolean>>
> = {
  *map(rt, record, f) {
    for (let index = 0; ; index++) {
      const step = yield* stepIterator(rt, record);
      if (step.done) return true;
      yield* give(rt, yield* callBack(rt, record, f, [step.value, index]));
    }
  },
  *filter(rt, record, f) {
    for (let index = 0; ; index++) {
      const step = yield* stepIterator(rt, record);
      if (step.done) return true;
      if (yield* callBack(rt, record, f, [step.value, index])) yield* give(rt, step.value);
    }
  },
  *take(rt, record, count) {
    for (let left = count as number; left > 0; left--) {
      const step = yield* stepIterator(rt, record);
      if (step.done) return true;
      yield* give(rt, step.value);
    }
    return false;
  },
  *drop(rt, record, count) {
    for (let left = count as number; ; left--) {
      const step = yield* stepIterator(rt, record);
      if (step.done) return true;
      if (left <= 0) yield* give(rt, step.value);
    }
  },
  *flatMap(rt, record, f) {
    for (let index = 0; ; index++) {
      const step = yield* stepIterator(rt, record);
      if (step.done) return true;
      const mapped = yield* callBack(rt, record, f, [step.value, index]);
      yield* flatten(rt, record, mapped);
    }
  },
};

function* flatten(rt: Runtime, outer: IteratorRecord, mapped: unknown): Routine<void> {
  let inner: IteratorRecord;
  try {
    if (typeof mapped === 'string') throw new TypeError(`${describe(mapped)} is not an object`);
    inner = yield* getIterator(rt, mapped);
  } catch (error) {
    yield* closeIterator(rt, outer, true);
    throw error;
  }
  let ended = false;
  let failed = false;
  try {
    for (;;) {
      const step = yield* stepIterator(rt, inner);
      if (step.done) break;
      yield* give(rt, step.value);
    }
    ended = true;
  } catch (error) {
    failed = true;
    yield* closeIterator(rt, outer, true);
    throw error;
  } finally {
    if (!ended && !failed) yield* closeIterator(rt, inner, false);
  }
}

type Eager = (rt: Runtime, record: IteratorRecord, args: readonly unknown[]) => Frame;

/** A search that ends early with an answer. */
function search(
  start: unknown,
  visit: (result: unknown, value: unknown) => { readonly answer: unknown } | null,
): Eager {
  return function* (rt, record, { 0: f }) {
    for (let index = 0; ; index++) {
      const step = yield* stepIterator(rt, record);
      if (step.done) return start;
      const found = visit(yield* callBack(rt, record, f, [step.value, index]), step.value);
      if (!found) continue;
      yield* closeIterator(rt, record, false);
      return found.answer;
    }
  };
}

const EAGER: Readonly<Record<string, Eager>> = {
  forEach: search(undefined, () => null),
  some: search(false, (result) => (result ? { answer: true } : null)),
  every: search(true, (result) => (result ? null : { answer: false })),
  find: search(undefined, (result, value) => (result ? { answer: value } : null)),
  *toArray(rt, record) {
    const values: unknown[] = [];
    for (;;) {
      const step = yield* stepIterator(rt, record);
      if (step.done) return values;
      values.push(step.value);
    }
  },
  *reduce(rt, record, args) {
    let sum = args[1];
    let index = 0;
    if (args.length < 2) {
      const first = yield* stepIterator(rt, record);
      if (first.done) throw new TypeError('Reduce of a done iterator with no initial value');
      sum = first.value;
      index = 1;
    }
    for (; ; index++) {
      const step = yield* stepIterator(rt, record);
      if (step.done) return sum;
      sum = yield* callBack(rt, record, args[0], [sum, step.value, index]);
    }
  },
};
