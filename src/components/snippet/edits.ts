/** Edits kept in the reader's browser: one a snippet, with the hash of the text they were made from. */

/** What is kept of one snippet. */
interface Kept {
  readonly hash: string;
  readonly text: string;
}

/** What was found for a snippet. `stale`: made from a text that the book has since changed. */
export type Found =
  | { readonly kind: 'none' }
  | { readonly kind: 'edit'; readonly text: string }
  | { readonly kind: 'stale'; readonly text: string };

/** The part of `localStorage` used here; null where the browser refuses it. */
export type Cupboard = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null;

const keyOf = (name: string) => `interleave.edit.${name}`;

/** A short hash of a text (FNV-1a, 32 bits): it tells texts apart, it protects nothing. */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0).toString(36);
}

/** The browser's storage, or null where it is blocked. */
export function openCupboard(): Cupboard {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

/** The reader's edit of a snippet. Anything unreadable counts as none. */
export function findEdit(cupboard: Cupboard, name: string, original: string): Found {
  try {
    const kept = JSON.parse(cupboard?.getItem(keyOf(name)) ?? 'null') as Partial<Kept> | null;
    if (typeof kept?.text !== 'string' || kept.text === original) return { kind: 'none' };
    return { kind: kept.hash === hashOf(original) ? 'edit' : 'stale', text: kept.text };
  } catch {
    return { kind: 'none' };
  }
}

/** Keep an edit, or forget it where the text is the original again. False where the browser would not keep it. */
export function keepEdit(cupboard: Cupboard, name: string, original: string, text: string): boolean {
  if (!cupboard) return false;
  try {
    if (text === original) cupboard.removeItem(keyOf(name));
    else {
      const kept: Kept = { hash: hashOf(original), text };
      cupboard.setItem(keyOf(name), JSON.stringify(kept));
    }
    return true;
  } catch {
    return false;
  }
}
