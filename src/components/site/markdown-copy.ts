/** A chapter as plain Markdown: its components written out, its listings in place, for those who read elsewhere. */

/** What a component of the text stands for, by its name. */
export interface Sources {
  /** The source of a snippet, by name. */
  readonly snippet: (name: string) => string;
  /** The question of the bank, by id. */
  readonly interview: (id: string) => string | null;
  /** What a cited figure says, by id. */
  readonly source: (id: string) => string | null;
}

/** The value of `name="…"` in a tag; empty when it is not there. */
function attribute(tag: string, name: string): string {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
}

/** The strings of `options={["…", "…"]}`. */
function options(tag: string): string[] {
  const list = /options=\{(\[[\s\S]*?\])\}/.exec(tag)?.[1];
  return list
    ? [...list.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g)].map(
        (found) => found[1] ?? found[2] ?? '',
      )
    : [];
}

const tag = (name: string) => new RegExp(`<${name}\\b((?:"[^"]*"|\\{[\\s\\S]*?\\}|[^>"{])*?)/?>`, 'g');

/** `body` (MDX) as Markdown under a title. `url` is where the chapter lives. */
export function markdownCopy(title: string, body: string, url: string, sources: Sources): string {
  const text = body
    .replace(/^(import|export) .*$/gm, '')
    .replace(/\{\/\*[\s\S]*?\*\/\}/g, '')
    .replace(tag('Snippet'), (_, inside) => {
      const name = attribute(inside, 'name');
      return `**${attribute(inside, 'title') || name}** (run it at ${url}#snippet-${name})\n\n\`\`\`ts\n${sources.snippet(name).trimEnd()}\n\`\`\``;
    })
    .replace(tag('Question'), '**The question.**\n')
    .replace(/<WrongIdea>/g, '**A wrong idea.**\n')
    .replace(tag('Predict'), (_, inside) => {
      const list = options(inside);
      const answer = list[Number(/answer=\{(\d+)\}/.exec(inside)?.[1] ?? -1)];
      return `**Predict:** ${attribute(inside, 'question')}\n\n${list.map((option) => `- ${option}`).join('\n')}\n\n**What happens:** ${answer ?? ''}.\n`;
    })
    .replace(tag('Why'), (_, inside) => `**Why?** ${attribute(inside, 'question')}\n`)
    .replace(
      tag('Choice'),
      (_, inside) =>
        `- ${attribute(inside, 'label') || 'The answer'} — ${/\bcorrect\b/.test(inside.replace(/"[^"]*"/g, '')) ? 'This holds.' : 'This does not hold.'}\n`,
    )
    .replace(
      tag('Interview'),
      (_, inside) => `**In an interview:** ${sources.interview(attribute(inside, 'id')) ?? ''}`,
    )
    .replace(tag('Ladder'), (_, inside) => {
      const rungs = [...inside.matchAll(/name: "([^"]*)", sources: \[([^\]]*)\], why: "([^"]*)"/g)];
      const lines = rungs.map(([, name, ids = '', why]) => {
        const cited = [...ids.matchAll(/"([^"]+)"/g)].flatMap(([, id]) => sources.source(id as string) ?? []);
        return `- ${name}: ${cited.join('; ')} (${why})`;
      });
      return `**${attribute(inside, 'title')}**\n\n${lines.join('\n')}\n`;
    })
    .replace(
      /<(?:LifeCycle|PageTables|Bills|Managers)\b([\s\S]*?)\/>/g,
      (_, inside) => `*Picture: ${attribute(inside, 'title')}* (${url}#${attribute(inside, 'id')})\n`,
    )
    .replace(tag('Source'), (_, inside) => {
      const source = sources.source(attribute(inside, 'id'));
      return source ? ` (${source})` : '';
    })
    .replace(/<\/?[A-Z][A-Za-z]*\b[^>]*>/g, '')
    .replace(/^(#{2,4} .*?) *\{#[a-z0-9-]+\} *$/gm, '$1')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return `# ${title}\n\n${text}\n\n---\n\nFrom Interleave, ${url}. Text: CC BY 4.0. Code: MIT.\n`;
}
