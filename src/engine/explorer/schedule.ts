/**
 * A schedule is data: the seed of the machine's chance, the memory model, and whose step comes when. Written as
 * `1.SEED.RUNS` (`1t.` under TSO), for a link: RUNS is process, then how many steps in a row (left out where it is one), as in
 * `1.0.a3b12a`. Process 0 is `a`, 25 is `z`, 26 is `Ba`. From the end of RUNS on nobody is preempted.
 */
export interface Schedule {
  readonly seed: number;
  readonly memoryModel: 'sc' | 'tso';
  readonly choices: readonly number[];
}

/** A text that is no schedule of a version this reader knows. */
export class ScheduleError extends Error {
  override readonly name = 'ScheduleError';
}

const VERSION = '1';
const PATTERN = /^1(t?)\.([0-9a-z]+)\.((?:[A-Z]*[a-z]\d*)*)$/;
const LETTERS = 26;
/** Longest schedule that is read back, in steps. */
const MAX_STEPS = 10_000_000;

/** The text of a schedule: letters, digits and full stops. */
export function formatSchedule({ seed, memoryModel, choices }: Schedule): string {
  let runs = '';
  for (let i = 0; i < choices.length; ) {
    const process = choices[i] as number;
    let end = i + 1;
    while (end < choices.length && choices[end] === process) end++;
    runs += processName(process) + (end - i > 1 ? String(end - i) : '');
    i = end;
  }
  return `${VERSION}${memoryModel === 'tso' ? 't' : ''}.${seed.toString(36)}.${runs}`;
}

/** Reads what `formatSchedule` wrote. Throws `ScheduleError`. */
export function parseSchedule(text: string): Schedule {
  const match = PATTERN.exec(text);
  if (!match) {
    const version = /^(\d+)/.exec(text)?.[1];
    const why =
      version && version !== VERSION
        ? `it is of version ${version}, this engine reads version ${VERSION}`
        : 'expected something like 1.0.a3b2';
    throw new ScheduleError(`"${text.slice(0, 40)}" is not a schedule: ${why}.`);
  }
  const choices: number[] = [];
  for (const [, name, count] of (match[3] as string).matchAll(/([A-Z]*[a-z])(\d*)/g)) {
    const process = processNumber(name as string);
    const length = count ? Number(count) : 1;
    if (choices.length + length > MAX_STEPS)
      throw new ScheduleError(`The schedule is longer than ${MAX_STEPS} steps.`);
    for (let i = 0; i < length; i++) choices.push(process);
  }
  return { seed: Number.parseInt(match[2] as string, 36), memoryModel: match[1] ? 'tso' : 'sc', choices };
}

function processName(process: number): string {
  let name = String.fromCharCode(97 + (process % LETTERS));
  for (let rest = Math.floor(process / LETTERS); rest > 0; rest = Math.floor(rest / LETTERS))
    name = String.fromCharCode(65 + (rest % LETTERS)) + name;
  return name;
}

function processNumber(name: string): number {
  let number = 0;
  for (const letter of name.toLowerCase()) number = number * LETTERS + (letter.charCodeAt(0) - 97);
  return number;
}
