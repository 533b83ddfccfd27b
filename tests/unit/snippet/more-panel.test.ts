import { describe, expect, test } from 'vitest';
import { blankSource, playgroundId } from '../../../src/components/snippet/blank.ts';
import { embedCode } from '../../../src/components/snippet/embed-code.ts';
import { untouched } from '../../../src/components/snippet/model.ts';
import { asMarkdown, playgroundLink } from '../../../src/components/snippet/more-panel.ts';
import { readFragment } from '../../../src/components/snippet/share.ts';

describe('a snippet as Markdown', () => {
  const lines = [{ time: 0, pid: 1, tid: 1, text: '1642' }];

  test('is its title, its text and what it printed', () => {
    expect(asMarkdown({ text: 'print(1)', lines }, 'A lost update')).toBe(
      '**A lost update**\n\n```ts\nprint(1)\n```\n\nPrints:\n\n```text\n1642\n```\n',
    );
  });

  test('says nothing of output where there is none', () => {
    expect(asMarkdown({ text: 'print(1)', lines: [] }, 'a')).not.toContain('Prints');
  });

  test('is fenced by more backticks than its text has in a row', () => {
    expect(asMarkdown({ text: 'a ```` b', lines: [] }, 'a')).toContain('`````ts\na ```` b\n`````');
  });
});

test('the link into the playground holds the text and the machine', () => {
  const state = { ...untouched('// mine', {}), machine: { seed: 7 } };
  const link = playgroundLink('/book/', state);
  expect(link.startsWith('/book/playground/#')).toBe(true);
  expect(readFragment(link.slice(link.indexOf('#') + 1), playgroundId, blankSource)).toMatchObject({
    text: '// mine',
    machine: { seed: 7 },
  });
});

describe('an embed', () => {
  test('is a frame whose title cannot break out of its attribute', () => {
    expect(embedCode('https://example.org/embed/a/', 'Say "hi" & go')).toBe(
      '<iframe src="https://example.org/embed/a/" width="800" height="480" title="Say &quot;hi&quot; &amp; go" loading="lazy"></iframe>',
    );
  });
});
