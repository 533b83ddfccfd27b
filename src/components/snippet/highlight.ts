/**
 * One tokeniser for the printed listing, the plain editor and Monaco, so that no colour changes when an editor opens.
 * It says which rule of the code themes a token falls under; `code.css` and Monaco's theme hold the colours.
 */
import typescript from '@shikijs/langs/typescript';
import { createHighlighterCoreSync, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { INITIAL } from 'shiki/textmate';
import light from '../../styles/code-light.json' with { type: 'json' };

/** A kind of token with a colour of its own: the first word of a rule's name in the code themes. */
export type TokenKind = string;

/** Rules printed in the colour of plain text: it keeps the listing quiet and its HTML half the size. */
const plainRules = ['names', 'operators'];

/** The rules of the code themes that give a colour of their own. */
const rules = light.tokenColors.flatMap(({ name, scope }) =>
  name ? [{ kind: name.split(' ')[0] ?? name, scope }] : [],
);
const coloured = rules.filter(({ kind }) => !plainRules.includes(kind));

const plain = '#ffffff';
const marker = (index: number) => `#00000${index.toString(16)}`;
const kindOfMarker = new Map(coloured.map(({ kind }, index) => [marker(index), kind]));
const colourOf = (kind: TokenKind) => {
  const index = coloured.findIndex((rule) => rule.kind === kind);
  return index < 0 ? plain : marker(index);
};
const quotes = ['punctuation.definition.string', 'punctuation.definition.comment'];

const theme = {
  name: 'interleave',
  type: 'light' as const,
  fg: plain,
  bg: '#000000',
  settings: [
    { settings: { foreground: plain, background: '#000000' } },
    ...rules.map(({ kind, scope }) => ({ scope: scope ?? [], settings: { foreground: colourOf(kind) } })),
    // A quotation mark belongs to its string, two slashes to their comment.
    ...quotes.map((scope) => ({ scope, settings: { foreground: colourOf(`${scope.split('.').at(-1)}s`) } })),
  ],
};

/** A run of characters of one kind; null has the colour of plain text. */
export interface Token {
  readonly text: string;
  readonly kind: TokenKind | null;
}

/** Translates the grammar's patterns into regular expressions of JavaScript and keeps them. */
const engine = createJavaScriptRegexEngine();
let highlighter: HighlighterCore | null = null;

function open(): HighlighterCore {
  highlighter ??= createHighlighterCoreSync({ themes: [theme], langs: [typescript], engine });
  return highlighter;
}

/** Steps that make the tokeniser ready: a pattern each, then lines that use most of them. */
function* steps(): Generator<void> {
  const parts: object[] = [...typescript];
  for (let part = parts.pop(); part; part = parts.pop()) {
    for (const [key, value] of Object.entries(part)) {
      if (value && typeof value === 'object') parts.push(value);
      else if (typeof value === 'string' && /^(match|begin|end|while)$/.test(key)) {
        yield void engine.createScanner([value]);
      }
    }
  }
  yield void open();
  // A regular expression is compiled when it is first used, and once more when it is used again.
  for (const line of [';', ';', 'let a = 1;', 'for (const b of c) d(() => `e`);'])
    yield void tokeniseLine(line);
}

/** Milliseconds of work in one task: a page can be typed into meanwhile. */
const portion = 8;
let readiness: Promise<void> | null = null;

async function prepare(): Promise<void> {
  const walk = steps();
  for (;;) {
    const began = performance.now();
    while (performance.now() - began < portion) if (walk.next().done) return;
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** Resolves when the tokeniser is ready. Without waiting for this its first line takes it some tenths of a second at once. */
export function ready(): Promise<void> {
  readiness ??= prepare();
  return readiness;
}

/** The tokens of each line. Costs about a millisecond for a listing. */
export function tokenise(source: string): Token[][] {
  const { tokens } = open().codeToTokens(source, { lang: 'typescript', theme: theme.name });
  return tokens.map((line) =>
    merge(line.map(({ content, color }) => ({ text: content, kind: kindOfMarker.get(color ?? '') ?? null }))),
  );
}

/** Where the tokeniser stands at the start of a line. */
export type LineState = typeof INITIAL;

/** Tokens of one line, as Monaco asks for them: where each starts and its kind ('' for plain text), and the state after it. */
export function tokeniseLine(
  text: string,
  state: LineState = INITIAL,
): { tokens: { startIndex: number; scopes: string }[]; endState: LineState } {
  const shiki = open();
  const { colorMap } = shiki.setTheme(theme.name);
  const { tokens, ruleStack } = shiki.getLanguage('typescript').tokenizeLine2(text, state);
  const line = [];
  for (let index = 0; index < tokens.length; index += 2) {
    const colour = colorMap[((tokens[index + 1] ?? 0) >>> 15) & 0x1ff] ?? '';
    line.push({ startIndex: tokens[index] ?? 0, scopes: kindOfMarker.get(colour.toLowerCase()) ?? '' });
  }
  return { tokens: line, endState: ruleStack };
}

/** Neighbours of one kind made one, white space joined to what stands before it: fewer elements to draw. */
function merge(line: readonly Token[]): Token[] {
  const merged: Token[] = [];
  for (const token of line) {
    const last = merged.at(-1);
    if (last && (last.kind === token.kind || token.text.trim() === '')) {
      merged[merged.length - 1] = { text: last.text + token.text, kind: last.kind };
    } else merged.push(token);
  }
  return merged;
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeHtml = (text: string) => text.replace(/[&<>]/g, (character) => escapes[character] ?? character);

/** The HTML of one line: `<i class="keywords">` and so on, nothing around plain text. */
export function lineHtml(tokens: readonly Token[]): string {
  return tokens
    .map(({ text, kind }) => (kind ? `<i class="${kind}">${escapeHtml(text)}</i>` : escapeHtml(text)))
    .join('');
}

/** The HTML of a listing: one `<span>` a line. */
export function listingHtml(source: string): string {
  return tokenise(source)
    .map((line) => `<span>${lineHtml(line)}\n</span>`)
    .join('');
}
