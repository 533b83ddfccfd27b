/** Activations that go on where something suspended: see `Runtime.afterwards`. */
import { SUSPENDED } from '../host.ts';
import type { Addresses } from './addresses.ts';
import type { Frame } from './forms.ts';

/** A call that is made when the thread goes on. */
export function* callAfter(call: () => unknown): Frame {
  yield;
  const result = call();
  return result === SUSPENDED ? yield : result;
}

/** What a built-in gave gets its address. */
export function* bearAfter(addresses: Addresses): Frame {
  const result: unknown = yield;
  return addresses.bornWhole(result);
}
