import { forEachChild, type Node, parse } from '../language/compiler/ast.ts';

/** What a fingerprint leaves out of a node: where it is, how it was written. */
const PLACES: ReadonlySet<string> = new Set(['type', 'start', 'end', 'loc', 'extra', 'range']);
/** Types are gone before a program runs. */
const IS_TYPE = /^TS(?:Type|Interface)/;
const LENGTH = 5;
const DIGITS = 36;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/**
 * Five letters and digits that change when the program does, and not when only comments, blank space or types do: FNV-1a (Fowler, Noll and Vo) over the syntax tree.
 */
export function fingerprint(source: string): string {
  return fingerprintOf(parse(source));
}

/** The same of a syntax tree as it was parsed: the compiler writes into it. */
export function fingerprintOf(tree: Node): string {
  let hash = FNV_OFFSET;
  const add = (text: string) => {
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
    hash = Math.imul(hash ^ 0xff, FNV_PRIME);
  };
  const visit = (node: Node) => {
    if (IS_TYPE.test(node.type)) return;
    add(node.type);
    for (const [key, value] of Object.entries(node))
      if (!PLACES.has(key) && isPlain(value)) add(`${key}=${value}`);
    forEachChild(node, visit);
    add('.');
  };
  visit(tree);
  return ((hash >>> 0) % DIGITS ** LENGTH).toString(DIGITS).padStart(LENGTH, '0');
}

const isPlain = (value: unknown): value is string | number | true =>
  typeof value === 'string' || typeof value === 'number' || value === true;
