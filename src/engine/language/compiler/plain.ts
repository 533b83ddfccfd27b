/**
 * Which functions can be compiled plain: they touch nothing another thread can see, block on nothing and call only
 * such functions. They run at native speed, and having no effects they can be run again in their suspendable form.
 */
import type { FunctionInfo } from './scope.ts';

/** Mark the functions that can be compiled plain. */
export function findPlain(_functions: readonly FunctionInfo[]): void {}
