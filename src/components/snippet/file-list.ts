/** The files of a playground: all in one text, each begun by a line `// @filename: name.ts`. Text in, text out. */
import { type FileSpan, filesOf } from '../../engine/events.ts';

const nameRule = /^[\w-]+\.ts$/;

/** Why a name cannot be given to a file, in words; null where it can. */
export function nameFault(text: string, name: string): string | null {
  if (!nameRule.test(name)) return `A file is named like part.ts; “${name}” is not.`;
  return filesOf(text).some((file) => file.name === name) ? `There is a file ${name} already.` : null;
}

const marker = (name: string) => `// @filename: ${name}\n`;

/** The text with one file more, at its end. */
export function withFile(text: string, name: string, content: string): string {
  return `${text.trimEnd()}\n${marker(name)}${content.trimEnd()}`;
}

/** Several files as one text. */
export function joined(files: readonly { readonly name: string; readonly content: string }[]): string {
  return files.map(({ name, content }) => marker(name) + content.trimEnd()).join('\n');
}

/** The text with a file called otherwise; imports of it follow. */
export function renamed(text: string, from: string, to: string): string {
  const stem = (name: string) => name.replace(/\.ts$/, '');
  const imports = new RegExp(`(from\\s*['"]\\./)${stem(from)}(\\.ts)?(['"])`, 'g');
  const content = (file: FileSpan) =>
    text
      .slice(file.from, file.end)
      .replace(imports, (_, start, ending = '', quote) => `${start}${stem(to)}${ending}${quote}`);
  return filesOf(text)
    .map((file) => {
      const name = file.name === from ? to : file.name;
      const head = file.from > file.start || name !== file.name ? marker(name) : '';
      return head + content(file);
    })
    .join('');
}

/** The text without a file. */
export function without(text: string, name: string): string {
  return filesOf(text)
    .filter((file) => file.name !== name)
    .map(({ start, end }) => text.slice(start, end))
    .join('')
    .trimEnd();
}
