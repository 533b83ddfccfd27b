import type { MachineRequest } from '../../engine/index.ts';

/** How a reader sets one setting of the machine. Empty leaves the choice to the program. */
export interface Control {
  readonly label: string;
  /** One of these words; a setting that is on or off has `yes` and `no`. Left out: a number. */
  readonly words?: readonly string[];
  readonly least?: number;
  readonly most?: number;
}

/** The scheduling policies by name. */
export const policies = ['fifo', 'sjf', 'stcf', 'rr', 'priority', 'lottery', 'mlfq', 'fair'];
/** The cost profiles by name. */
export const profiles = ['modern', 'xeon-2007', 'p6-1995', 'free'];

/** The two words of a setting that is on or off. */
const YES = 'yes';
const NO = 'no';

/**
 * Every setting of the machine with its control: what the panel shows and what a link holds. Their order is part of links that people have
 * kept: add at the end.
 */
const table = {
  cores: { label: 'Cores', least: 1, most: 64 },
  policy: { label: 'Policy', words: policies },
  quantum: { label: 'Quantum (ns)', least: 1 },
  seed: { label: 'Seed', least: 0 },
  costs: { label: 'Costs', words: profiles },
  memory: { label: 'Memory (bytes)', least: 4096 },
  memoryModel: { label: 'Memory model', words: ['sc', 'tso'] },
  interpreterLock: { label: 'Interpreter lock', words: [YES, NO] },
  spuriousWakeups: { label: 'Spurious wake-ups', words: [YES, NO] },
} as const satisfies Record<keyof MachineRequest, Control>;

/** The name of a setting. */
export type Setting = keyof typeof table;

/** The settings in the order of links and of the panel. */
export const settings = Object.entries(table) as readonly (readonly [Setting, Control])[];

/** What a control's text asks for; undefined leaves it to the program. Numbers out of range are brought into it. */
export function settingOf(
  { words, least, most }: Omit<Control, 'label'>,
  text: string,
): string | number | boolean | undefined {
  if (text.trim() === '') return undefined;
  if (words?.includes(YES)) return words.includes(text) ? text === YES : undefined;
  if (words) return words.includes(text) ? text : undefined;
  const number = Math.round(Number(text));
  if (!Number.isFinite(number)) return undefined;
  return Math.min(Math.max(number, least ?? 0), most ?? Number.MAX_SAFE_INTEGER);
}

/** A setting as its control shows it; empty where nothing is asked for. */
export function wordOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? YES : NO;
  return typeof value === 'object'
    ? ((value as { name?: string } | null)?.name ?? 'its own')
    : String(value ?? '');
}
