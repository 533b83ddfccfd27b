import { parseArgs } from 'node:util';
import type { RunOptions } from '../engine/report.ts';
import { UsageError } from './usage.ts';

const options = {
  cores: { type: 'string' },
  policy: { type: 'string' },
  quantum: { type: 'string' },
  seed: { type: 'string' },
  costs: { type: 'string' },
  limit: { type: 'string' },
  json: { type: 'boolean' },
  strategy: { type: 'string' },
  preemptions: { type: 'string' },
  max: { type: 'string' },
  steps: { type: 'string' },
  races: { type: 'boolean' },
  memory: { type: 'string' },
  spurious: { type: 'boolean' },
  schedule: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

type OptionName = keyof typeof options;

const machineOptions: readonly OptionName[] = [
  'cores',
  'policy',
  'quantum',
  'seed',
  'costs',
  'limit',
  'json',
];

/** The options each command takes. */
const taken = {
  run: machineOptions,
  explore: ['strategy', 'preemptions', 'max', 'steps', 'seed', 'races', 'memory', 'spurious', 'json'],
  replay: ['schedule', 'json'],
  trace: [...machineOptions, 'out'],
} satisfies Record<string, readonly OptionName[]>;

export type CommandName = keyof typeof taken;

/** A command line, understood. */
export interface Arguments {
  readonly command: CommandName | 'help';
  readonly file: string;
  readonly values: { readonly [name in OptionName]?: string | boolean };
}

/** Understand a command line (without `node` and the script). Throws UsageError naming the word that is wrong. */
export function parseArguments(words: readonly string[]): Arguments {
  const { values, positionals } = parse(words);
  const [command, file, ...rest] = positionals;
  if (values.help || command === 'help') return { command: 'help', file: '', values };
  if (command === undefined) throw new UsageError('Say what to do: run, explore, replay or trace.');
  if (!Object.hasOwn(taken, command)) {
    throw new UsageError(`There is no command '${command}'. Use run, explore, replay or trace.`);
  }
  const name = command as CommandName;
  if (file === undefined) throw new UsageError(`Say which file: sim ${name} FILE.ts`);
  if (rest.length > 0) throw new UsageError(`One file at a time: '${rest[0]}' is one too many.`);
  const alien = (Object.keys(values) as OptionName[]).find(
    (option) => !taken[name].some((o) => o === option),
  );
  if (alien) throw new UsageError(`'sim ${name}' takes no --${alien}.`);
  return { command: name, file, values };
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: joinNegative(words), options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** `--cores -1` is a number that makes no sense, not an option called 1. */
function joinNegative(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1);
    if (/^-\d/.test(word) && last?.startsWith('--') && !last.includes('='))
      joined.push(`${joined.pop()}=${word}`);
    else joined.push(word);
  }
  return joined;
}

/** A whole number, at least `least`; undefined where the option is not given. */
export function wholeNumber({ values }: Arguments, name: OptionName, least = 0): number | undefined {
  const text = values[name];
  if (typeof text !== 'string') return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < least || !Number.isSafeInteger(value)) {
    throw new UsageError(`--${name} takes a whole number, at least ${least}; '${text}' is not one.`);
  }
  return value;
}

const nanoseconds = { '': 1, ns: 1, us: 1e3, ms: 1e6, s: 1e9 } as const;

/** A duration in nanoseconds, more than 0; undefined where the option is not given. */
export function duration({ values }: Arguments, name: OptionName): number | undefined {
  const text = values[name];
  if (typeof text !== 'string') return undefined;
  const [, digits, unit] = /^(\d+(?:\.\d+)?)(ns|us|ms|s|)$/.exec(text) ?? [];
  const value = Number(digits) * nanoseconds[(unit ?? '') as keyof typeof nanoseconds];
  if (digits === undefined || !(value > 0) || !Number.isFinite(value)) {
    throw new UsageError(
      `--${name} takes a duration such as 500, 10us or 5ms, more than 0; '${text}' is not one.`,
    );
  }
  return value;
}

/** A word out of a list; undefined where the option is not given. */
export function oneOf<T extends string>(
  { values }: Arguments,
  name: OptionName,
  words: readonly T[],
): T | undefined {
  const text = values[name];
  if (typeof text !== 'string') return undefined;
  const found = words.find((word) => word === text);
  if (found === undefined) throw new UsageError(`--${name} is one of ${words.join(', ')}; '${text}' is not.`);
  return found;
}

const policies = ['fifo', 'sjf', 'stcf', 'rr', 'priority', 'lottery', 'mlfq', 'fair'] as const;
const profiles = ['modern', 'xeon-2007', 'p6-1995', 'free'] as const;

/** The machine the command line asks for. */
export function machineOf(args: Arguments): RunOptions {
  const asked = {
    cores: wholeNumber(args, 'cores', 1),
    policy: oneOf(args, 'policy', policies),
    quantum: duration(args, 'quantum'),
    seed: wholeNumber(args, 'seed'),
    costs: oneOf(args, 'costs', profiles),
    limits: args.values.limit === undefined ? undefined : { time: duration(args, 'limit') },
  };
  return Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
}
