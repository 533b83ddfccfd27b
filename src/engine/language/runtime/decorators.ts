/** What decorators do when a class is made: they are called, replace what they decorate and leave initialisers. */
import { SUSPENDED } from '../host.ts';
import { isObject, type Routine } from './builtin.ts';
import { defineHalf, defineMethod, definePair } from './class-object.ts';
import { describe } from './describe.ts';
import type { Runtime } from './runtime.ts';

/** `Symbol.metadata`, which engines do not have yet. */
export const METADATA: symbol =
  (Symbol as unknown as { readonly metadata?: symbol }).metadata ?? Symbol('Symbol.metadata');

/** Decorators in the order of the source, each followed by the object it is a method of. */
export type DecoratorList = readonly unknown[];

type Kind = 'method' | 'getter' | 'setter' | 'field' | 'accessor';

/** The helper of a private name, as decorators reach through it. */
interface PrivateAccess {
  has(object: unknown): boolean;
  get(object: unknown): unknown;
  set(object: unknown, value: unknown): unknown;
}

/** The functions of an auto-accessor. */
interface Pair {
  readonly get: unknown;
  readonly set: unknown;
}

/** A member with decorators, while its class is being made. */
export class Decorated {
  readonly kind: Kind;
  readonly isStatic: boolean;
  readonly home: object;
  readonly decorators: DecoratorList;
  readonly key: PropertyKey;
  readonly helper: PrivateAccess | null;
  /** The function it is (an auto-accessor: its pair); what its decorators made of it, once they were called. */
  value: unknown = undefined;
  /** What a field's first value passes through. */
  readonly initialisers: unknown[] = [];
  /** What decorators of a field or auto-accessor want done after it has its first value. */
  readonly added: unknown[] = [];

  constructor(
    kind: Kind,
    isStatic: boolean,
    home: object,
    decorators: DecoratorList,
    key: PropertyKey,
    helper: PrivateAccess | null,
  ) {
    this.kind = kind;
    this.isStatic = isStatic;
    this.home = home;
    this.decorators = decorators;
    this.key = key;
    this.helper = helper;
  }
}

/** What the decorators of one class leave behind: lists of initialisers, and the metadata they all share. */
export class Decoration {
  /** Run on each new object before its fields. */
  readonly instance: unknown[] = [];
  /** Run on the class before its static fields. */
  readonly statics: unknown[] = [];
  /** Run on the class when it is complete. */
  readonly own: unknown[] = [];
  readonly metadata: object;

  constructor(heritage: unknown) {
    const inherited = isObject(heritage) ? (heritage as Record<symbol, object | null>)[METADATA] : null;
    this.metadata = Object.create(inherited ?? null) as object;
  }
}

/** Call the decorators of the members, in the order given, then those of the class. Returns the class. */
export function* decorateClass(
  rt: Runtime,
  decoration: Decoration,
  members: readonly Decorated[],
  constructor: Function,
  name: string,
  decorators: DecoratorList | null,
): Routine<unknown> {
  for (let i = 0; i < members.length; i++) yield* decorateMember(rt, decoration, members[i] as Decorated);
  let made: unknown = constructor;
  for (let i = (decorators?.length ?? 0) - 2; i >= 0; i -= 2) {
    const context = { kind: 'class', name, metadata: decoration.metadata };
    const result = yield* callOne(rt, decorators as DecoratorList, i, made, context, decoration.own);
    made = replacement(result, made, context);
  }
  const metadata = { value: decoration.metadata, writable: true, enumerable: true, configurable: true };
  Object.defineProperty(made, METADATA, metadata);
  return made;
}

function* decorateMember(rt: Runtime, decoration: Decoration, member: Decorated): Routine<void> {
  const { kind, key, isStatic, decorators } = member;
  const context = {
    kind,
    name: key,
    static: isStatic,
    private: member.helper !== null,
    access: accessOf(member),
    metadata: decoration.metadata,
  };
  const added = addedBy(decoration, member);
  for (let i = decorators.length - 2; i >= 0; i -= 2) {
    const result = yield* callOne(rt, decorators, i, member.value, context, added);
    if (kind === 'accessor') replacePair(member, result, context);
    else if (kind !== 'field') member.value = replacement(result, member.value, context);
    else if (result !== undefined) member.initialisers.unshift(replacement(result, null, context));
  }
  if (member.helper === null) redefine(member);
}

function addedBy({ statics, instance }: Decoration, { kind, isStatic, added }: Decorated): unknown[] {
  if (kind === 'field' || kind === 'accessor') return added;
  return isStatic ? statics : instance;
}

/** Call decorator `i` of a list; it may add initialisers until it returns. */
function* callOne(
  rt: Runtime,
  decorators: DecoratorList,
  i: number,
  value: unknown,
  context: object,
  added: unknown[],
): Routine<unknown> {
  let over = false;
  const addInitializer = (initialiser: unknown): void => {
    if (over) throw new TypeError('addInitializer was called after its decorator had returned');
    if (typeof initialiser !== 'function')
      throw new TypeError(`addInitializer needs a function, not ${describe(initialiser)}`);
    added.push(initialiser);
  };
  try {
    let result = rt.call2(decorators[i], decorators[i + 1], value, { ...context, addInitializer });
    if (result === SUSPENDED) result = yield;
    return result;
  } finally {
    over = true;
  }
}

type Named = { readonly kind: string; readonly name: PropertyKey };

function replacement(result: unknown, value: unknown, { kind, name }: Named): unknown {
  if (result === undefined) return value;
  if (typeof result === 'function') return result;
  throw new TypeError(
    `A decorator of the ${kind} ${String(name)} must return a function or nothing, not ${describe(result)}`,
  );
}

function replacePair(member: Decorated, result: unknown, { name }: Named): void {
  if (result === undefined) return;
  if (!isObject(result))
    throw new TypeError(
      `A decorator of the accessor ${String(name)} must return an object or nothing, not ${describe(result)}`,
    );
  const { get, set, init } = result as { get?: unknown; set?: unknown; init?: unknown };
  const own = member.value as Pair;
  member.value = {
    get: replacement(get, own.get, { kind: 'getter', name }),
    set: replacement(set, own.set, { kind: 'setter', name }),
  };
  if (init !== undefined) member.initialisers.unshift(replacement(init, null, { kind: 'accessor', name }));
}

function redefine({ kind, home, key, value }: Decorated): void {
  if (kind === 'method') defineMethod(home, key, value);
  else if (kind === 'getter') defineHalf(home, key, 'get', value);
  else if (kind === 'setter') defineHalf(home, key, 'set', value);
  else if (kind === 'accessor') definePair(home, key, value as Pair);
}

/** `context.access`: reaches the member on any object, private ones too. */
function accessOf({ kind, key, helper }: Decorated): object {
  const access: Record<string, Function> = {
    has: helper === null ? (o: object) => key in o : (o: object) => helper.has(o),
  };
  if (kind !== 'setter')
    access.get = helper === null ? (o: Record<PropertyKey, unknown>) => o[key] : (o: object) => helper.get(o);
  if (kind !== 'method' && kind !== 'getter')
    access.set = (o: Record<PropertyKey, unknown>, value: unknown): void => {
      if (helper === null) o[key] = value;
      else helper.set(o, value);
    };
  return access;
}

/** Pass a field's first value through the initialisers that its decorators returned, outermost first. */
export function* initialValue(
  rt: Runtime,
  { initialisers }: Decorated,
  self: unknown,
  value: unknown,
): Routine<unknown> {
  let result = value;
  for (let i = 0; i < initialisers.length; i++) {
    result = rt.call1(initialisers[i], self, result);
    if (result === SUSPENDED) result = yield;
  }
  return result;
}

/** Run initialisers that decorators added. */
export function* runAdded(rt: Runtime, added: readonly unknown[], self: unknown): Routine<void> {
  for (let i = 0; i < added.length; i++) if (rt.call0(added[i], self) === SUSPENDED) yield;
}
