import type { Instance } from '../language/index.ts';
import { hex, PAGE_BYTES } from '../machine/memory/index.ts';
import { SystemError } from './errors.ts';

/** Bytes of a word. */
export const WORD = 8;

/** @throws SystemError `EINVAL` where no word begins at the address. (Page 0 has no words: an access to it is a fault.) */
export function checkWord(address: number): void {
  if (address % WORD === 0 || address < PAGE_BYTES) return;
  throw new SystemError(
    'EINVAL',
    `${hex(address)} is not the address of a word: words begin at multiples of ${WORD}`,
  );
}

/**
 * Stores a number in the variable or property of a program that lives at an address. False where none does.
 * @throws SystemError `EPERM` where it cannot be changed that way.
 */
export function storeInVariable(instance: Instance, address: number, value: number): boolean {
  const outcome = instance.storeWord(address, value);
  if (outcome === 'refused')
    throw new SystemError(
      'EPERM',
      `poke: ${instance.nameAt(address)} at ${hex(address)} is a constant or holds no number; only variables that hold a number or a boolean can be changed by their address`,
    );
  return outcome === 'stored';
}
