/** Puts the book's components in scope of every chapter, so that authors write text and no imports. */
import { join } from 'node:path';
import type { Plugin } from 'vite';

const components: Record<string, string> = {
  Snippet: 'snippet/Snippet.astro',
  ...Object.fromEntries(
    [
      'Question',
      'WrongIdea',
      'Predict',
      'Why',
      'Choice',
      'Interview',
      'Term',
      'Figure',
      'LifeCycle',
      'PageTables',
      'Bills',
      'Managers',
      'Ladder',
      'Source',
      'Moved',
      'Guide',
    ].map((name) => [name, `book/${name}.astro`]),
  ),
};

/** A Vite plugin that imports the components a chapter uses. */
export function bookScope(root: string): Plugin {
  return {
    name: 'book-scope',
    enforce: 'pre',
    transform(source, id) {
      const [path = id, query = ''] = id.split('?');
      // Astro asks for the same file once more, for its styles alone; what it gets then is no Markdown.
      if (query.includes('astroPropagatedAssets')) return null;
      if (!path.endsWith('.mdx') || !path.startsWith(join(root, 'src/content/'))) return null;
      return inScope(source, (file) => join(root, 'src/components', file));
    },
  };
}

/** `source` with an import for each component it uses, at the end, where it moves no line that a message may name. */
export function inScope(source: string, locate: (file: string) => string): string {
  const used = Object.entries(components).filter(([name]) => new RegExp(`<${name}[\\s/>]`).test(source));
  const imports = used.map(([name, file]) => `import ${name} from ${JSON.stringify(locate(file))};`);
  if (/<Aside[\s>]/.test(source)) imports.push(`import { Aside } from '@astrojs/starlight/components';`);
  return imports.length ? `${source.trimEnd()}\n\n${imports.join('\n')}\n` : source;
}
