/**
 * The parser without the languages no snippet is written in. @babel/parser is one file that holds, besides TypeScript,
 * Flow, JSX, ESTree and two more as mixins chosen at run time, so a bundler keeps them all: a fifth of what a page loads
 * to compile. Here the choice is made when the page is built, and the bundler drops the rest.
 */
import { readFile } from 'node:fs/promises';
import { type Plugin, transform } from 'esbuild';

/** The parser's plugins that `compiler/ast.ts` asks for: every other question after a plugin is answered with no. */
const PLUGINS: ReadonlySet<string> = new Set(['typescript', 'decorators', 'decoratorAutoAccessors']);

/** Each pattern has to be found once; the bundler then sees that the mixins and their messages are used by nobody. */
const CHANGES: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/const mixinPlugins = \{[^{}]*\btypescript\b[^{}]*\};/g, 'const mixinPlugins = { typescript };'],
  [/function validatePlugins\(pluginsMap\) \{.*?\n\}\n/gs, 'function validatePlugins() {}\n'],
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
  return slim.replace(/\bthis\.hasPlugin\("([\w-]+)"\)/g, (_, name) => String(PLUGINS.has(name)));
}

/** Names that a parser's methods share with those of the language's own objects, or that its users call it by. */
const OUTSIDE = ['constructor', 'parse', 'get', 'set', 'has', 'add', 'test', 'clone', 'toString', 'message'];

/**
 * A pattern for the names of the parser's own methods, which may be shortened: nothing else is called so, neither a
 * property of a tree's node nor a key of an object.
 */
function methodNames(text: string): RegExp {
  const names = new Set([...text.matchAll(/^ {2}(?:static |get |set )?(\w+)\(.*\) \{$/gm)].map((m) => m[1]));
  const isElsewhere = (name?: string) =>
    new RegExp(`["']${name}["']|[{,]\\s*${name}:|\\.${name} = |^ {4}(?:get|set)? ?${name}\\(`, 'm').test(
      text,
    );
  const own = [...names].filter((name = '') => !OUTSIDE.includes(name) && !isElsewhere(name));
  return new RegExp(`^(?:${own.join('|')})$`);
}

/** For esbuild: bundles the slim parser where @babel/parser is imported. */
export const slimParser: Plugin = {
  name: 'slim-parser',
  setup({ onLoad }) {
    onLoad({ filter: /@babel\/parser\/lib\/index\.js$/ }, async ({ path }) => {
      const text = slimParserText(await readFile(path, 'utf8'));
      const { code } = await transform(text, { mangleProps: methodNames(text) });
      return { contents: code, loader: 'js' };
    });
  },
};
