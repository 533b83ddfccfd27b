/**
 * The parser without the languages no snippet is written in. @babel/parser is one file that holds, besides TypeScript,
 * Flow, JSX, ESTree and two more as mixins chosen at run time, so a bundler keeps them all: a fifth of what a page loads
 * to compile. Here the choice is made when the page is built, and the bundler drops the rest.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** Each pattern has to be found once; the bundler then sees that the mixins and their messages are used by nobody. */
const CHANGES: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/const mixinPlugins = \{[^{}]*\btypescript\b[^{}]*\};/g, 'const mixinPlugins = { typescript };'],
  ...['flow', 'jsx', 'placeholders'].map(
    (name) =>
      [
        new RegExp(`= (ParseErrorEnum\`${name}\`\\(\\w+\\));`, 'g'),
        '= /* @__PURE__ */ (() => $1)();',
      ] as const,
  ),
];

/**
 * The text of @babel/parser with TypeScript as its only mixin.
 * @throws Error where the text is not what this was written for: a new version of the parser needs a look.
 */
export function slimParserText(text: string): string {
  let slim = text;
  for (const [pattern, replacement] of CHANGES) {
    const found = text.match(pattern)?.length ?? 0;
    if (found !== 1)
      throw new Error(`@babel/parser has changed: ${pattern} is there ${found} times. Adapt slim-parser.ts.`);
    slim = slim.replace(pattern, replacement);
  }
  return slim;
}

/** For esbuild: bundles the slim parser where @babel/parser is imported. */
export const slimParser: Plugin = {
  name: 'slim-parser',
  setup({ onLoad }) {
    onLoad({ filter: /@babel\/parser\/lib\/index\.js$/ }, async ({ path }) => ({
      contents: slimParserText(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};
