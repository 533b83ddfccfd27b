import { describe, expect, test } from 'vitest';
import { markdownCopy } from '../../../src/components/site/markdown-copy.ts';

const sources = {
  snippet: (name: string) => `// ${name}\n`,
  interview: (id: string) => (id === 'known' ? 'What is a thread?' : null),
  source: (id: string) => (id === 'eb-pinned' ? '1.2 µs: Bendersky' : null),
};
const copy = (body: string) => markdownCopy('Threads', body, 'https://book.example/learn/threads/', sources);

describe('a chapter as Markdown', () => {
  test('begins with its title and ends with its address and licence', () => {
    expect(copy('Text.')).toBe(
      '# Threads\n\nText.\n\n---\n\nFrom Interleave, https://book.example/learn/threads/. Text: CC BY 4.0. Code: MIT.\n',
    );
  });

  test('holds the listing of each snippet and the link to run it', () => {
    expect(copy('<Snippet name="lost-update" title="A lost update" />')).toContain(
      '**A lost update** (run it at https://book.example/learn/threads/#snippet-lost-update)\n\n```ts\n// lost-update\n```',
    );
  });

  test('writes out predictions, also where an option contains an angle bracket or a quote', () => {
    const text = copy(
      '<Predict id="p" question="a > b?" options={["yes, > 1", "no"]} answer={1}>\nBecause.\n</Predict>',
    );
    expect(text).toContain('**Predict:** a > b?\n\n- yes, > 1\n- no\n\n**What happens:** no.');
    expect(text).toContain('Because.');
  });

  test('writes out measured rungs with their sources, and says where a picture is', () => {
    const text = copy(
      '<Ladder\n  id="l"\n  title="Costs"\n  rungs={[{ name: "a switch", sources: ["eb-pinned"], why: "queues" }]}\n/>',
    );
    expect(text).toContain('**Costs**\n\n- a switch: 1.2 µs: Bendersky (queues)');
    expect(copy('<PageTables id="fig" title="Two tables" snippet="x" of={[1, 2]} />')).toContain(
      '*Picture: Two tables* (https://book.example/learn/threads/#fig)',
    );
  });

  test('says of each choice whether it holds', () => {
    const text = copy(
      '<Choice label="It is correct to guess">\nNo.\n</Choice>\n<Choice correct label="Measure">\nYes.\n</Choice>',
    );
    expect(text).toContain('It is correct to guess — This does not hold.');
    expect(text).toContain('Measure — This holds.');
  });

  test('keeps the words of terms, drops ids of headings, spells out sources', () => {
    expect(
      copy('## Why {#why}\n\nA <Term id="stack">stack</Term> costs.<Source id="eb-pinned" />'),
    ).toContain('## Why\n\nA stack costs. (1.2 µs: Bendersky)');
  });
});
