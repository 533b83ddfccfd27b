/**
 * The parser without the languages no snippet is written in. @babel/parser is one file that holds, besides TypeScript,
 * Flow, JSX, ESTree and two more as mixins chosen at run time, so a bundler keeps them all: a fifth of what a page loads
 * to compile. Here the choice is made when the page is built, and the bundler drops the rest.
 */
import { readFile } from 'node:fs/promises';
import { type Plugin, transform } from 'esbuild';

/** The parser's plugins that `compiler/ast.ts` asks for: every other question after a plugin is answered with no. */
const PLUGINS: ReadonlySet<string> = new Set(['typescript', 'decorators', 'decoratorAutoAccessors']);

/**
 * Flags of the options that `compiler/ast.ts` asks for: locations, `import()` as a node of its own, the grammar of browsers. The flag of error recovery is
 * turned on and off while the parser runs.
 */
const FLAGS: ReadonlySet<number> = new Set([256, 1024, 16384]);
const ERROR_RECOVERY = 4096;

/** Each pattern has to be found once; the bundler then sees that the mixins and their messages are used by nobody. */
const CHANGES: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/const mixinPlugins = \{[^{}]*\btypescript\b[^{}]*\};/g, 'const mixinPlugins = { typescript };'],
  [/function validatePlugins\(pluginsMap\) \{.*?\n\}\n/gs, 'function validatePlugins() {}\n'],
  [/ *\.\.\.ParseErrorEnum`pipelineOperator`\(PipelineOperatorErrors\),?\n/g, ''],
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
  return (
    slim
      .replace(/\bthis\.hasPlugin\("([\w-]+)"\)/g, (_, name) => String(PLUGINS.has(name)))
      .replace(/\b(?:this\.)?optionFlags & (\d+)/g, (test, flag) =>
        Number(flag) === ERROR_RECOVERY ? test : FLAGS.has(Number(flag)) ? flag : '0',
      )
      // Where such a plugin is expected, the parser throws: what follows is never reached.
      .replace(/^( +)(?=this\.expectPlugin\("([\w-]+)")/gm, (margin, _, name) =>
        PLUGINS.has(name) ? margin : `${margin}throw `,
      )
      .replace(/\bthis\.getPluginOption\("[\w-]+", "[\w-]+"\)/g, 'void 0')
      .replace(METHOD, (method, name) => (IDLE.has(name) ? `  ${name}() {}\n` : method))
      .replace(/\b(?:this\.|this\.parser\.|this\.scope\.)inModule\b(?! =[^=]|;)/g, 'true')
  );
}

/** Methods with nothing to do where no comments are attached. */
const IDLE: ReadonlySet<string> = new Set([
  'finalizeComment',
  'finalizeRemainingComments',
  'takeSurroundingComments',
  'resetPreviousNodeTrailingComments',
  'resetPreviousIdentifierLeadingComments',
]);

const METHOD = /^ {2}(?:static |get |set )?(\w+)\([^\n]*\) \{\n[\s\S]*?^ {2}\}\n/gm;

/** The text without what its constants exclude, and then without methods whose names nothing mentions; a name is one thing in the whole text. */
async function withoutUnused(text: string): Promise<string> {
  const { code } = await transform(text, { minifySyntax: true, treeShaking: true });
  const mentions = new Map<string, number>();
  for (const [word] of code.matchAll(/\w+/g)) mentions.set(word, (mentions.get(word) ?? 0) + 1);
  const methods = new Map<string, number>();
  for (const [, name = ''] of code.matchAll(METHOD)) methods.set(name, (methods.get(name) ?? 0) + 1);
  const isUnused = (name: string) => name !== 'constructor' && methods.get(name) === mentions.get(name);
  const less = code.replace(METHOD, (method, name) => (isUnused(name) ? '' : method));
  return less === code ? code : withoutUnused(less);
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
      const text = await withoutUnused(slimParserText(await readFile(path, 'utf8')));
      const { code } = await transform(text, { mangleProps: methodNames(text) });
      return { contents: code, loader: 'js' };
    });
  },
};
