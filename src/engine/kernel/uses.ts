/** Operations that take a lock or a permit, and those that give it back (`wait` on a condition gives its mutex back). */
export const TAKING: ReadonlySet<string> = new Set(['lock', 'reacquire', 'readLock', 'writeLock', 'acquire']);
export const GIVING_BACK: ReadonlySet<string> = new Set([
  'unlock',
  'readUnlock',
  'writeUnlock',
  'release',
  'wait',
]);
