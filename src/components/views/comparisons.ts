import { policies, profiles } from '../snippet/machine-settings.ts';
import type { Comparison } from './intents.ts';

const quanta: readonly [label: string, nanoseconds: number][] = [
  ['1 µs', 1e3],
  ['10 µs', 1e4],
  ['100 µs', 1e5],
  ['1 ms', 1e6],
  ['10 ms', 1e7],
];

/** The machines a run can be held against, in groups: each changes one thing. */
export const comparisons: readonly { readonly group: string; readonly choices: readonly Comparison[] }[] = [
  {
    group: 'Another policy',
    choices: policies.map((policy) => ({
      label: `policy ${policy}`,
      machine: { policy } as Comparison['machine'],
    })),
  },
  {
    group: 'Another quantum',
    choices: quanta.map(([label, quantum]) => ({ label: `quantum ${label}`, machine: { quantum } })),
  },
  {
    group: 'Other cores',
    choices: [1, 2, 4, 8].map((cores) => ({
      label: cores === 1 ? '1 core' : `${cores} cores`,
      machine: { cores },
    })),
  },
  {
    group: 'Other costs',
    choices: profiles.map((costs) => ({
      label: `costs ${costs}`,
      machine: { costs } as Comparison['machine'],
    })),
  },
];

/** What a run is called that is kept as it is, to change something and run again. */
export const runBefore = 'the run before';

/** A run that is held against the one shown, as a heading: `With 1 core`, `The run before`. */
export const keptWords = (label: string): string =>
  label === runBefore ? 'The run before' : `With ${label}`;
