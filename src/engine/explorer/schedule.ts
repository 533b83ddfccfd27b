/**
 * A schedule is data: the seed of the machine's chance, what may happen on it, whose step comes when, and which program that belongs to. Written for a link as
 * `1.SEED.RUNS.PROGRAM` (`1t.` under TSO, `1s.` where waits may end without a signal): RUNS is process, then how many steps in a row (left out where it is one), as in
 * `1.0.a3b12a`. Process 0 is `a`, 25 is `z`, 26 is `Ba`. From the end of RUNS on nobody is preempted. PROGRAM is the program's fingerprint; without it a schedule
 * is tried on whatever it is given.
 */
export interface Schedule {
  readonly seed: number;
  readonly memoryModel: 'sc' | 'tso';
  /** Waits on a condition may end without a signal. */
  readonly spuriousWakeups?: boolean;
  readonly choices: readonly number[];
  /** Of the program it was found in: see `fingerprint`. */
  readonly program?: string;
}

/** A text that is no schedule of a version this reader knows, or one of another program. */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}

const VERSION = '1';
const PATTERN = /^1(t?)(s?)\.([0-9a-z]{1,11})\.((?:[A-Z]*[a-z]\d*)*)(?:\.([0-9a-z]{5}))?$/;
const LETTERS = 26;
/** Longest schedule that is read back, in steps and in letters. */
const MAX_STEPS = 10_000_000;
const MAX_LENGTH = 4_000_000;
/** Longest name of a process: there are never more than a few thousand. */
const MAX_NAME = 4;

/** The text of a schedule: letters, digits and full stops. */
export function formatSchedule({ seed, memoryModel, spuriousWakeups, choices, program }: Schedule): string {
  let runs = '';
  for (let i = 0; i < choices.length; ) {
    const process = choices[i] as number;
    let end = i + 1;
    while (end < choices.length && choices[end] === process) end++;
    runs += processName(process) + (end - i > 1 ? String(end - i) : '');
    i = end;
  }
  const flags = `${memoryModel === 'tso' ? 't' : ''}${spuriousWakeups ? 's' : ''}`;
  return `${VERSION}${flags}.${seed.toString(36)}.${runs}${program === undefined ? '' : `.${program}`}`;
}

/** Reads what `formatSchedule` wrote. Throws `ScheduleError`. */
export function parseSchedule(text: string): Schedule {
  const match = text.length > MAX_LENGTH ? null : PATTERN.exec(text);
  if (!match) throw new ScheduleError(`"${text.slice(0, 40)}" is not a schedule: ${whyNot(text)}.`);
  const [, tso, spurious, seed, runs, program] = match;
  return {
    seed: readSeed(seed as string),
    memoryModel: tso ? 'tso' : 'sc',
    ...(spurious && { spuriousWakeups: true }),
    choices: readRuns(runs as string),
    ...(program !== undefined && { program }),
  };
}

function whyNot(text: string): string {
  const version = /^(\d+)/.exec(text)?.[1];
  if (version && version !== VERSION)
    return `it is of version ${version}, this engine reads version ${VERSION}`;
  if (text.length > MAX_LENGTH) return 'it is longer than any this engine writes';
  if (/^1t?s?\.[0-9a-z]+\.[0-9a-zA-Z]*\.[0-9a-z]{0,4}$/.test(text))
    return 'its end is missing; was all of it copied?';
  return 'expected something like 1.0.a3b2';
}

function readSeed(text: string): number {
  const seed = Number.parseInt(text, 36);
  if (Number.isSafeInteger(seed)) return seed;
  throw new ScheduleError(`"${text}" is no seed: it is too large a number.`);
}

function readRuns(runs: string): number[] {
  const choices: number[] = [];
  for (const [, name, count] of runs.matchAll(/([A-Z]*[a-z])(\d*)/g)) {
    const process = processNumber(name as string);
    const length = count ? Number(count) : 1;
    if (choices.length + length > MAX_STEPS)
      throw new ScheduleError(`The schedule is longer than ${MAX_STEPS} steps.`);
    for (let i = 0; i < length; i++) choices.push(process);
  }
  return choices;
}

function processName(process: number): string {
  let name = String.fromCharCode(97 + (process % LETTERS));
  for (let rest = Math.floor(process / LETTERS); rest > 0; rest = Math.floor(rest / LETTERS))
    name = String.fromCharCode(65 + (rest % LETTERS)) + name;
  return name;
}

function processNumber(name: string): number {
  if (name.length > MAX_NAME)
    throw new ScheduleError(`"${name.slice(0, 40)}" names no process: that name is too long.`);
  let number = 0;
  for (const letter of name.toLowerCase()) number = number * LETTERS + (letter.charCodeAt(0) - 97);
  return number;
}
