/** Pixels of an embed before it has told how high it is. */
export const embedSize = { width: 800, height: 480 } as const;

/** A frame that shows this listing, ready to run, on any other page; the book's own text, not the reader's. */
export function embedCode(address: string, title: string): string {
  const quoted = title.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<iframe src="${address}" width="${embedSize.width}" height="${embedSize.height}" title="${quoted}" loading="lazy"></iframe>`;
}
