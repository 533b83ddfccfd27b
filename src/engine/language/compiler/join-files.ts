/**
 * Several files joined into one module. Imports and exports between them are replaced by blanks, so every place in the
 * text stays where it is; the statements then run file by file, what is imported before what imports it.
 */
import { type FileSpan, filesOf } from '../files.ts';
import { CompileError } from '../program.ts';
import { errorAt, type Node, patternNames } from './ast.ts';

/** Parses text that begins at this offset of the whole. Throws CompileError. */
type Parse = (text: string) => Node;

interface File extends FileSpan {
  readonly body: readonly Node[];
  readonly exports: Set<string>;
  readonly imports: File[];
}

/** The tree of a text with several files. @throws CompileError where an import or a name does not fit. */
export function joinFiles(source: string, parse: Parse): Node {
  const files = filesOf(source).map((span): File => {
    const text = blank(source, 0, span.from) + source.slice(span.from, span.end);
    return { ...span, body: parse(text).body, exports: new Set(), imports: [] };
  });
  refuseTwins(files);
  const blanks: (readonly [start: number, end: number])[] = [];
  for (const file of files) for (const statement of file.body) exported(file, statement, blanks);
  const fromLibrary = new Map<string, string>();
  for (const file of files)
    for (const statement of file.body)
      if (statement.type === 'ImportDeclaration') imported(files, file, statement, fromLibrary, blanks);
  let joined = source;
  for (const [start, end] of blanks)
    joined = joined.slice(0, start) + blank(source, start, end) + joined.slice(end);
  const tree = parse(joined);
  const ordered = inOrder(files);
  const fileOf = ({ start }: Node) => ordered.findIndex(({ from, end }) => start >= from && start < end);
  tree.body = (tree.body as Node[]).toSorted((a, b) => fileOf(a) - fileOf(b) || a.start - b.start);
  return tree;
}

/** As many blanks as there are characters; ends of lines stay, so lines and columns do. */
const blank = (text: string, start: number, end: number) => text.slice(start, end).replace(/[^\n]/g, ' ');

function exported({ exports }: File, statement: Node, blanks: (readonly [number, number])[]): void {
  if (statement.type === 'ExportDefaultDeclaration' || statement.type === 'ExportAllDeclaration')
    throw errorAt(statement, 'between files, export by name: `export const …`, `export function …`');
  if (statement.type !== 'ExportNamedDeclaration') return;
  if (statement.source)
    throw errorAt(statement, 'export from the file that declares it: files cannot pass exports on');
  for (const { local, exported: name } of statement.specifiers ?? []) {
    if (local.name !== name.name)
      throw errorAt(statement, `export ${local.name} under its own name: files share their names`);
    exports.add(local.name);
  }
  for (const name of declaredNames(statement.declaration)) exports.add(name.name);
  const { start, end, declaration } = statement;
  blanks.push([start, declaration ? declaration.start : end]);
}

function imported(
  files: readonly File[],
  file: File,
  statement: Node,
  fromLibrary: Map<string, string>,
  blanks: (readonly [number, number])[],
): void {
  const path = statement.source.value as string;
  if (!path.startsWith('./')) {
    once(statement, fromLibrary, blanks);
    return;
  }
  const other = files.find(({ name }) => name === path.slice(2) || name === `${path.slice(2)}.ts`);
  if (!other) throw errorAt(statement, `there is no file ${path.slice(2)} beside ${file.name}`);
  file.imports.push(other);
  for (const { type, imported: name, local } of statement.specifiers) {
    if (type !== 'ImportSpecifier') throw errorAt(statement, 'between files, import by name: { … }');
    if (!other.exports.has(name.name)) throw errorAt(statement, `${other.name} does not export ${name.name}`);
    if (name.name !== local.name)
      throw errorAt(statement, `import ${name.name} under its own name: files share their names`);
  }
  blanks.push([statement.start, statement.end]);
}

/** What several files import from the library is imported by the first of them. */
function once(statement: Node, known: Map<string, string>, blanks: (readonly [number, number])[]): void {
  const specifiers = statement.specifiers as Node[];
  for (const [index, { imported: name, local, start, end }] of specifiers.entries()) {
    const what = name?.name ?? '*';
    const before = known.get(local.name);
    known.set(local.name, what);
    if (before === what) blanks.push([start, specifiers[index + 1]?.start ?? end]);
  }
}

/** Identifiers that a statement declares for its whole file. Types may be declared as well: they are gone when it runs. */
function declaredNames(statement: Node | null): Node[] {
  if (!statement) return [];
  if (statement.type === 'VariableDeclaration')
    return statement.declarations.flatMap(({ id }: Node) => patternNames(id));
  return statement.id?.type === 'Identifier' ? [statement.id] : [];
}

/** @throws CompileError where two files declare the same name: they become one program. */
function refuseTwins(files: readonly File[]): void {
  const owners = new Map<string, File>();
  for (const file of files) {
    for (const statement of file.body) {
      const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
      for (const id of declaredNames(declaration)) {
        const owner = owners.get(id.name) ?? file;
        owners.set(id.name, owner);
        if (owner !== file)
          throw errorAt(
            id,
            `${id.name} is declared in ${owner.name} and in ${file.name}: the files become one program, so give one of them another name`,
          );
      }
    }
  }
  const names = files.map(({ name }) => name);
  const twin = files.find(({ name }, index) => names.indexOf(name) !== index);
  if (twin) throw new CompileError(`there are two files named ${twin.name}`, 1, 1);
}

/** What is imported before what imports it; else as they stand in the text. */
function inOrder(files: readonly File[]): File[] {
  const ordered = new Set<File>();
  const met = new Set<File>();
  const visit = (file: File): void => {
    if (met.has(file)) return;
    met.add(file);
    file.imports.forEach(visit);
    ordered.add(file);
  };
  files.forEach(visit);
  return [...ordered];
}
