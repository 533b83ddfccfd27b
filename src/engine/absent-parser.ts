/** Stands in for `@babel/parser` in the worker's script, where `parser-script.ts` brings it once a text has to be parsed. */
import type { parse as Parse } from '@babel/parser';

/** Parse with the parser that was brought. @throws Error where none was. */
export const parse = ((source, options) => {
  const { interleaveParse } = globalThis as { interleaveParse?: typeof Parse };
  if (!interleaveParse) throw new Error('This worker cannot compile: it was given no parser.');
  return interleaveParse(source, options);
}) as typeof Parse;
