/** A link to a place in the book, written from its root (`/learn/…/`), below the folder the book is served from. */
export function href(path: string): string {
  return import.meta.env.BASE_URL.replace(/\/$/, '') + path;
}
