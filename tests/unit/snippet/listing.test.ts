import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  lineHtml,
  listingHtml,
  ready,
  tokenise,
  tokeniseLine,
} from '../../../src/components/snippet/highlight.ts';
import { settingOf, wordOf } from '../../../src/components/snippet/machine-settings.ts';
import { describeRefusal, describeRun } from '../../../src/components/snippet/words.ts';
import type { Report } from '../../../src/engine/index.ts';
import dark from '../../../src/styles/code-dark.json' with { type: 'json' };
import light from '../../../src/styles/code-light.json' with { type: 'json' };

describe('the listing', () => {
  test('keeps every character, escaped', () => {
    const source = "// a < b && c\nconst x: number = 1; // done\nprint('a' > 'b');";
    const text = listingHtml(source)
      .replace(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    expect(text).toBe(`${source}\n`);
  });

  test('colours words by the rules of the code themes', () => {
    const [line] = tokenise("const x = 'a';");
    expect(lineHtml(line ?? [])).toBe(`<i class="keywords">const</i> x = <i class="strings">'a'</i>;`);
  });

  test('has the colours of the code themes', () => {
    const css = readFileSync('src/components/snippet/code.css', 'utf8');
    for (const [theme, from] of [
      [light, 0],
      [dark, css.indexOf('data-theme="dark"')],
    ] as const) {
      for (const { name, settings } of theme.tokenColors) {
        const kind = name?.split(' ')[0];
        if (!kind || ['names', 'operators'].includes(kind)) continue;
        const found = new RegExp(`--code-${kind}: (#[0-9a-f]{6});`).exec(css.slice(from))?.[1];
        expect([kind, found]).toEqual([kind, settings.foreground]);
      }
    }
  });

  test('an editor that asks line by line gets the same colours', () => {
    const first = tokeniseLine('/* one');
    const second = tokeniseLine('two */ let x', first.endState);
    expect(second.tokens[0]?.scopes).toBe('comments');
    expect(second.tokens.map(({ scopes }) => scopes)).toContain('keywords');
  });
});

test('a tokeniser made ready step by step colours as one that made itself ready at once', async () => {
  const source =
    'class A { #b = `c${1}`; }\nfor (const d of /e/g[Symbol.split]("f")) print(d as string); // g';
  const before = listingHtml(source);
  await ready();
  expect(listingHtml(source)).toBe(before);
});

describe('the controls of the machine', () => {
  test('an empty control leaves the choice to the program', () => {
    expect(settingOf({}, ' ')).toBeUndefined();
  });

  test('numbers are brought into their range, words must be known', () => {
    expect(settingOf({ least: 1, most: 64 }, '100')).toBe(64);
    expect(settingOf({ least: 1 }, '-5')).toBe(1);
    expect(settingOf({}, 'abc')).toBeUndefined();
    expect(settingOf({ words: ['rr'] }, 'rr')).toBe('rr');
    expect(settingOf({ words: ['rr'] }, 'none')).toBeUndefined();
  });

  test('what is on or off is set by yes and no', () => {
    const onOrOff = { words: ['yes', 'no'] };
    expect(['yes', 'no', ''].map((text) => settingOf(onOrOff, text))).toEqual([true, false, undefined]);
    expect([true, false, undefined, 7, { name: 'mlfq' }].map(wordOf)).toEqual(['yes', 'no', '', '7', 'mlfq']);
  });
});

describe('the status line', () => {
  const report = {
    status: 'exited',
    time: 12_400,
    stdout: [{ time: 0, pid: 1, tid: 1, text: '2' }],
    threads: [{}, {}, {}],
    processes: [{ pid: 1, exit: { code: 0, signal: null } }],
  } as unknown as Report;

  test('says what a run took and did', () => {
    expect(describeRun(report, false)).toBe(
      'Ran to its end in 12.4 µs of machine time (3 threads, 1 line of output).',
    );
  });

  test('says that it was stopped, deadlocked, limited, killed or failed', () => {
    const error = { message: 'a waits for b', line: 4, column: 1 };
    expect(describeRun(report, true)).toMatch(/^Stopped/);
    expect(describeRun({ ...report, status: 'deadlock', error }, false)).toMatch(
      /^Deadlock .* a waits for b$/,
    );
    expect(describeRun({ ...report, status: 'limit', error }, false)).toMatch(/^Ended at a limit/);
    expect(describeRun({ ...report, error }, false)).toMatch(/^Failed at line 4/);
    const killed = [
      { ...report.processes[0], exit: { code: null, signal: 'SIGSEGV' } },
    ] as Report['processes'];
    expect(describeRun({ ...report, processes: killed }, false)).toMatch(/^Killed by SIGSEGV/);
  });

  test('says where a source does not compile', () => {
    expect(describeRefusal({ message: 'no', line: 3, column: 9 })).toBe('Line 3, column 9: no');
    expect(describeRefusal({ message: 'no', line: 0, column: 0 })).toBe('no');
  });
});
