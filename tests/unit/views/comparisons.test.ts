import { describe, expect, test } from 'vitest';
import { settings } from '../../../src/components/snippet/machine-settings.ts';
import { comparisons, keptWords, runBefore } from '../../../src/components/views/comparisons.ts';

describe('a run to compare with', () => {
  test('is named by what is other there', () => {
    expect(keptWords('1 core')).toBe('With 1 core');
    expect(keptWords(runBefore)).toBe('The run before');
  });

  test('changes one setting of the machine, and no two have the same name', () => {
    const choices = comparisons.flatMap((group) => group.choices);
    const known = new Set<string>(settings.map(([key]) => key));
    expect(choices.every(({ machine }) => Object.keys(machine).length === 1)).toBe(true);
    expect(choices.flatMap(({ machine }) => Object.keys(machine)).filter((key) => !known.has(key))).toEqual(
      [],
    );
    expect(new Set(choices.map(({ label }) => label)).size).toBe(choices.length);
  });
});
