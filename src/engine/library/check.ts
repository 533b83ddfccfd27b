import { SystemError } from '../kernel/errors.ts';

/*
 * What a program gives to the library, checked. All of these throw SystemError `EINVAL` that says what was expected and what was found.
 */

function refuse(what: string, expected: string, found: unknown): never {
  throw new SystemError('EINVAL', `${what} ${expected}; it is ${shown(found)}`);
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value);
}

/** A number of any value. */
export function checkNumber(value: unknown, what: string): number {
  return typeof value === 'number' ? value : refuse(what, 'must be a number', value);
}

/** A number that is one: not NaN. */
export function checkQuantity(value: unknown, what: string): number {
  const number = checkNumber(value, what);
  return Number.isNaN(number) ? refuse(what, 'must be a number', value) : number;
}

/** A text: the name of something. */
export function checkName(value: unknown, what: string): string {
  return typeof value === 'string' ? value : refuse(what, 'must be a string', value);
}

/** True or false. */
export function checkFlag(value: unknown, what: string): boolean {
  return typeof value === 'boolean' ? value : refuse(what, 'must be true or false', value);
}

/** A function. */
export function checkFunction<F>(value: F, what: string): F {
  return typeof value === 'function' ? value : refuse(what, 'must be a function', value);
}

/** Options by name: an object, or nothing, with no name that means nothing. */
export function checkOptions<O extends object>(
  options: O | undefined,
  known: readonly string[],
  what: string,
): O {
  if (options === undefined) return {} as O;
  if (typeof options !== 'object' || options === null)
    refuse(`the options of ${what}`, 'must be an object', options);
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return options;
  throw new SystemError('EINVAL', `${what} has no option '${unknown}'; it has ${known.join(', ')}`);
}
