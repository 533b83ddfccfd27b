/**
 * Built-ins whose work or memory depends on a number the reader chose: they are charged for it, so that a huge
 * array ends in the process's own `RangeError` before the real computer suffers.
 */
import { listed } from './builtins-filled.ts';
import { putNative } from './forms.ts';
import type { Runtime } from './runtime.ts';

/** Below this, what is made is too small to ask for. */
const LARGE_BYTES = 1 << 16;
const WORD = 8;
/** A list longer than this (it can only be full of holes) is not walked in one step. */
const MAX_ELEMENTS = 1 << 27;

/** Ask the machine for memory that is about to be filled. Throws RangeError where the process has no more. */
function reserve(rt: Runtime, bytes: number): void {
  if (bytes >= LARGE_BYTES) rt.host.allocate(bytes);
}

/** Charge a built-in that visits `elements` elements in one step. */
function chargeWalk(rt: Runtime, elements: number): void {
  if (elements > MAX_ELEMENTS)
    throw new RangeError(`A list of ${elements} elements is too long for this machine`);
  if (elements > 0) rt.host.charge(elements);
}

const lengthOf = (value: unknown): number => {
  const length = Array.isArray(value) || typeof value === 'string' ? value.length : 0;
  return ArrayBuffer.isView(value) ? value.byteLength : length;
};

/** Walks its `this` and makes nothing large. */
const WALKING = ['includes', 'indexOf', 'join', 'lastIndexOf', 'reverse', 'shift', 'copyWithin', 'toString'];
/** Walks its `this` and makes something as long. */
const COPYING = ['concat', 'fill', 'flat', 'slice', 'splice', 'toReversed', 'toSpliced', 'unshift', 'with'];

/** Put the guards on the built-ins of the realm. */
export function addGuards(): void {
  for (const name of WALKING) guard(Array.prototype, name, (rt, self) => chargeWalk(rt, lengthOf(self)));
  for (const name of COPYING)
    guard(Array.prototype, name, (rt, self) => {
      chargeWalk(rt, lengthOf(self));
      reserve(rt, lengthOf(self) * WORD);
    });
  const grows = (rt: Runtime, self: unknown, args: readonly unknown[]) => {
    const bytes = lengthOf(self) * Math.max(0, Math.min(Number(args[0]), 2 ** 32)) * 2;
    reserve(rt, bytes || 0);
  };
  guard(String.prototype, 'repeat', grows);
  for (const name of ['padStart', 'padEnd'])
    guard(String.prototype, name, (rt, _self, args) => reserve(rt, Number(args[0]) * 2 || 0));
  guard(Array.prototype, 'push', (rt, self, args) => growth(rt, lengthOf(self), args.length));
  addConstructors();
}

type Guard = (rt: Runtime, self: unknown, args: readonly unknown[]) => void;

function guard(target: object, name: string, check: Guard): void {
  const native = (target as Record<string, unknown>)[name];
  if (typeof native !== 'function') return;
  putNative(native, {
    tail(rt, self, args) {
      check(rt, self, args);
      return rt.direct(native, self, args);
    },
  });
}

/** Memory that grows by doubling: asked for when the next power of two is reached. */
function growth(rt: Runtime, size: number, added: number): void {
  if (size * WORD >= LARGE_BYTES && (size & (size - 1)) === 0) reserve(rt, size * WORD * added);
}

/** Constructors that take a length. */
function addConstructors(): void {
  const sized: [Function, number][] = [
    [Array, WORD],
    [ArrayBuffer, 1],
  ];
  // Browsers offer it only to pages that are isolated from others.
  if (typeof SharedArrayBuffer === 'function') sized.push([SharedArrayBuffer, 1]);
  for (const kind of TYPED) sized.push([kind, kind.BYTES_PER_ELEMENT]);
  for (const [maker, bytes] of sized) {
    const check = (rt: Runtime, { 0: length }: readonly unknown[]) => {
      if (typeof length === 'number' && length > 0) reserve(rt, length * bytes);
    };
    putNative(maker, {
      tail(rt, self, args) {
        check(rt, args);
        return rt.direct(maker, self, args);
      },
      *construct(rt, args, newTarget) {
        check(rt, args);
        return rt.directConstruct(maker, isTyped(maker) ? yield* listed(rt, args) : args, newTarget);
      },
    });
  }
}

const isTyped = (maker: Function): boolean => (TYPED as readonly Function[]).includes(maker);

const TYPED = [
  ...[Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array],
  ...[BigInt64Array, BigUint64Array, Float32Array, Float64Array],
];
