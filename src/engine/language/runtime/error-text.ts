/** An error as one would write it: its name and message in brackets. */
import { ownOrInherited, prefixOf } from './object-names.ts';

/** An error's text; `constructor` is the name of what made it. */
export function errorText(
  error: Error,
  constructor: string | null,
  tag: string,
  indentation: number,
): string {
  const given = ownOrInherited(error, 'name');
  const name = typeof given === 'string' ? given : (constructor ?? 'Error');
  const said = ownOrInherited(error, 'message');
  const message = typeof said === 'string' ? said : '';
  let text = name && message ? `${name}: ${message}` : name || message;
  if (constructor === null || name.endsWith('Error')) {
    const maker = prefixOf(constructor, tag, 'Error').slice(0, -1);
    if (name !== maker)
      text = (maker.includes(name) ? maker : `${maker} [${name}]`) + text.slice(name.length);
  }
  return `[${text}]`.replaceAll('\n', `\n${' '.repeat(indentation)}`);
}

/** The properties that are shown behind the text: not those that it tells, but what caused the error, which is hidden otherwise. */
export function errorKeys(error: Error, keys: readonly PropertyKey[], text: string): readonly PropertyKey[] {
  const told = (key: PropertyKey): boolean =>
    (key === 'name' || key === 'message' || key === 'stack') &&
    text.includes(String(ownOrInherited(error, key)));
  const shown = keys.filter((key) => !told(key));
  if (Object.hasOwn(error, 'cause') && !shown.includes('cause')) shown.push('cause');
  const errors = Object.getOwnPropertyDescriptor(error, 'errors')?.value;
  if (Array.isArray(errors) && !shown.includes('errors')) shown.push('errors');
  return shown;
}
