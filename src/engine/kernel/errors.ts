/**
 * A call the kernel or the library refuses, with the errno name POSIX gives it. Thrown into the reader's program, where it can be caught.
 */
export class SystemError extends Error {
  static override readonly name = 'SystemError';
  override readonly name = 'SystemError';
  /** errno name: `EINVAL`, `EPERM`, `EDEADLK`, … */
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** A duration in nanoseconds. @throws SystemError `EINVAL` where it is negative or no number. */
export function checkDuration(duration: unknown, what: string): number {
  if (typeof duration === 'number' && duration >= 0) return duration;
  throw new SystemError(
    'EINVAL',
    `${what} takes a duration in nanoseconds, 0 or more; it was given ${String(duration)}`,
  );
}

/** A whole number of at least `least`. @throws SystemError `EINVAL` otherwise. */
export function checkInteger(value: unknown, least: number, what: string): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least) return value;
  throw new SystemError(
    'EINVAL',
    `${what} must be a whole number of at least ${least}; it is ${String(value)}`,
  );
}
