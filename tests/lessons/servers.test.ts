import { describe, expect, test } from 'vitest';
import { read } from './book.ts';
import { readExpectation } from './expectation.ts';

/** Rows of the table that holds the five servers of chapter 13 side by side: listing, then the cells after it. */
const rows = read('docs/learn/five-ways-to-serve.mdx')
  .split('\n')
  .flatMap((line) => {
    const [, name] = /^\| \[[^\]]+\]\(#snippet-(serve-[\w-]+)\) \|/.exec(line) ?? [];
    return name
      ? [
          {
            name,
            cells: line
              .split('|')
              .slice(2, 6)
              .map((cell) => cell.trim()),
          },
        ]
      : [];
  });

const printed = (name: string): readonly string[] => readExpectation(name)?.stdout ?? [];
const flood = printed('serve-flood').map((line) => line.replace(/(\d)(?=\d{3} )/, '$1,'));

test('the table has all five servers', () => {
  expect(rows.map(({ name }) => name)).toEqual([
    'serve-process-each',
    'serve-thread-each',
    'serve-pool',
    'serve-event-loop',
    'serve-prefork-loops',
  ]);
});

describe.each(rows)('$name in the table', ({ name, cells }) => {
  const [answered, slowest, memory, rate] = cells;
  const at = rows.findIndex((row) => row.name === name);

  test('has the numbers of its run', () => {
    expect(printed(name).join('\n')).toMatch(
      new RegExp(`^answered ${answered} of 40 .*\nslowest answer ${slowest}; memory ${memory}$`),
    );
  });
  test('has the rate of the flood', () =>
    expect(flood[at]).toContain(`: ${rate} a second`.replace(/^: /, ' ')));
});
