/** `replace` and `replaceAll` with a function: all matches are found first, then the function is called for each. */
import { SUSPENDED } from '../host.ts';
import { withCallback } from './callback.ts';
import type { Frame } from './forms.ts';
import type { Runtime } from './runtime.ts';

/** Put the forms on `String.prototype`. */
export function addStringForms(): void {
  for (const method of [String.prototype.replace, String.prototype.replaceAll] as readonly Function[])
    withCallback(method, 1, (rt, self, { 0: pattern, 1: callback }) =>
      replace(rt, method, self, pattern, callback),
    );
}

function* replace(rt: Runtime, method: Function, self: unknown, pattern: unknown, callback: unknown): Frame {
  const matches: unknown[][] = [];
  const collect = (...match: unknown[]) => {
    matches.push(match);
    return '';
  };
  const rest = rt.direct(method, self, [pattern, collect]);
  if (matches.length === 0) return rest;
  let result = '';
  let end = 0;
  for (let i = 0; i < matches.length; i++) {
    const match = matches[i] as unknown[];
    let replacement = rt.apply(callback, undefined, match);
    if (replacement === SUSPENDED) replacement = yield;
    const last = typeof match.at(-1) === 'string' ? match.length - 1 : match.length - 2;
    const text = match[last] as string;
    const position = match[last - 1] as number;
    const replaced = String(replacement);
    if (position >= end) {
      result += text.slice(end, position) + replaced;
      end = position + (match[0] as string).length;
    }
  }
  const whole = matches[0] as unknown[];
  const text = whole[typeof whole.at(-1) === 'string' ? whole.length - 1 : whole.length - 2] as string;
  return result + text.slice(end);
}
