/**
 * One link holds the reader's difference from the book's text, the machine, the schedule, the step and the view. The same
 * state gives the same link. What comes in by a link is somebody else's: everything is checked, nothing is run.
 */
import { deflateSync, Inflate, strFromU8, strToU8 } from 'fflate';
import type { RunOptions } from '../../engine/index.ts';
import { hashOf } from './edits.ts';
import { settings } from './machine-settings.ts';
import { type ViewName, views } from './model.ts';

/** What a link can hold. */
export interface Shared {
  readonly text: string;
  readonly machine: RunOptions;
  readonly schedule: string | null;
  readonly cursor: number | null;
  readonly view: ViewName;
}

/** Why a link cannot be read, in words for the status line. */
export class BadLink extends Error {
  override readonly name = 'BadLink';
}

/** Most characters of a link that are looked at, and most characters of a program it may hold. */
export const limits = { link: 20_000, text: 200_000 } as const;

const version = '1';

/** The text as characters kept at the start, characters kept at the end, and what stands between; null where nothing differs. */
type Difference = readonly [start: number, end: number, between: string, hash: string] | null;

function differenceOf(original: string, text: string): Difference {
  if (text === original) return null;
  const most = Math.min(original.length, text.length);
  let start = 0;
  while (start < most && original[start] === text[start]) start++;
  let end = 0;
  while (end < most - start && original.at(-1 - end) === text.at(-1 - end)) end++;
  return [start, end, text.slice(start, text.length - end), hashOf(original)];
}

function applied(original: string, difference: unknown): string {
  if (difference === null) return original;
  if (!Array.isArray(difference)) throw new BadLink('its text cannot be read');
  const [start, end, between, hash] = difference as unknown[];
  if (typeof between !== 'string' || !isCount(start) || !isCount(end))
    throw new BadLink('its text cannot be read');
  if (hash !== hashOf(original)) throw new BadLink('it was made from another version of this listing');
  if (between.length > limits.text) throw new BadLink('its program is too long');
  return original.slice(0, start) + between + original.slice(original.length - end);
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;

/** The part of a link after `#`, for a snippet with this id. */
export function fragmentOf(id: string, original: string, shared: Shared): string {
  const machine = settings.map(([key]) => shared.machine[key] ?? null);
  while (machine.at(-1) === null) machine.pop();
  const parts = [
    differenceOf(original, shared.text),
    machine,
    shared.schedule,
    shared.cursor,
    views.indexOf(shared.view),
  ];
  const packed = deflateSync(strToU8(JSON.stringify(parts)), { level: 9 });
  return `${id}~${version}${toBase64Url(packed)}`;
}

/** What a fragment says about the snippet with this id. Null where it is about something else. Throws BadLink. */
export function readFragment(fragment: string, id: string, original: string): Shared | null {
  const mark = `${id}~`;
  if (!fragment.startsWith(mark)) return null;
  const rest = fragment.slice(mark.length);
  if (rest.length > limits.link) throw new BadLink('it is too long');
  if (rest[0] !== version) throw new BadLink('it was made by another version of this site');
  const [difference, machine, schedule, cursor, view] = unpack(rest.slice(1));
  return {
    text: applied(original, difference),
    machine: readMachine(machine),
    schedule: typeof schedule === 'string' && schedule.length <= limits.link ? schedule : null,
    cursor: isCount(cursor) ? cursor : null,
    view: views[view as number] ?? 'Output',
  };
}

/** Most bytes that a link is unpacked to: the longest program, each character of it escaped or in several bytes. */
const mostBytes = 3 * limits.text;

/** Bytes of a link unpacked at once: of these comes a megabyte at most. */
const slice = 1024;

function unpack(text: string): unknown[] {
  try {
    const parts = JSON.parse(strFromU8(inflated(fromBase64Url(text)))) as unknown;
    if (Array.isArray(parts)) return parts;
  } catch (error) {
    if (error instanceof BadLink) throw error;
  }
  throw new BadLink('it is broken or cut off');
}

/** Unpacked slice by slice, so that a few bytes that stand for a great many do no harm. */
function inflated(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(mostBytes);
  let length = 0;
  const stream = new Inflate((chunk) => {
    if (length + chunk.length > mostBytes) throw new BadLink('its program is too long');
    whole.set(chunk, length);
    length += chunk.length;
  });
  for (let from = 0; from < bytes.length; from += slice) {
    stream.push(bytes.subarray(from, from + slice), from + slice >= bytes.length);
  }
  return whole.subarray(0, length);
}

function readMachine(values: unknown): RunOptions {
  if (!Array.isArray(values)) return {};
  const entries = settings.flatMap(([key], index) => {
    const value: unknown = values[index];
    return value === null || value === undefined ? [] : [[key, value] as const];
  });
  return Object.fromEntries(entries) as RunOptions;
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
    character.charCodeAt(0),
  );
}
