/** A property that threads share, and what it holds. */
export interface SharedPart {
  readonly object: number;
  readonly value: unknown;
}

/** Objects and properties looked at before a look is called off. */
const MOST_PARTS = 500;

/**
 * What threads share of an object and of the objects in it: all that a built-in which is given the object could come to see. `numberOf` answers the number of a shared property, or -1. Null where that is too
 * much, or cannot be looked at from here.
 */
export function sharedParts(
  root: object,
  numberOf: (target: object, key: PropertyKey) => number,
): SharedPart[] | null {
  const parts: SharedPart[] = [];
  const seen = new Set<object>([root]);
  let looked = 0;
  for (const target of seen) {
    for (const key of Reflect.ownKeys(target)) {
      if (++looked > MOST_PARTS) return null;
      const property = Object.getOwnPropertyDescriptor(target, key);
      if (property === undefined || !('value' in property)) continue;
      const { value } = property;
      const object = numberOf(target, key);
      if (object >= 0) parts.push({ object, value });
      if (typeof value === 'object' && value !== null) seen.add(value);
    }
  }
  return parts;
}
