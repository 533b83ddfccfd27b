import { describe, expect, test } from 'vitest';
import { readExpectation, runSnippet, snippetNames } from './expectation.ts';

describe.each(snippetNames())('%s', (name) => {
  const expectation = readExpectation(name);

  test('does what the book says', () => {
    if (!expectation) throw new Error(`write src/content/snippets/${name}.expect.json`);
    const report = runSnippet(name);
    const lines = report.stdout.map(({ text }) => text);

    expect({ status: report.status, stdout: lines, error: report.error?.message }).toEqual({
      status: expectation.status,
      stdout: expectation.stdout,
      error: expectation.error ? expect.stringContaining(expectation.error) : undefined,
    });
    if (report.status === 'exited') {
      const main = report.processes.find(({ pid }) => pid === 1);
      expect(main?.exit).toEqual(expectation.exit ?? { code: 0, signal: null });
    }
    for (const [i, pattern] of (expectation.like ?? []).entries()) {
      expect(lines[i]).toMatch(new RegExp(pattern));
    }
  });

  test.each(expectation?.variants ?? [])('on another machine: $machine', ({ machine, like }) => {
    const lines = runSnippet(name, machine).stdout.map(({ text }) => text);
    expect(lines).toEqual(like.map((pattern) => expect.stringMatching(new RegExp(pattern))));
  });
});
