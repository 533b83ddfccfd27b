import type { PrintedLines } from './editor/monaco.ts';

/** The highlighted lines under the text box, kept equal to its text. */
export class Listing {
  private readonly code: HTMLElement;
  private painting = 0;

  constructor(listing: HTMLElement) {
    this.code = listing.querySelector('code') ?? listing;
  }

  /** Show a text: at once in plain colours where it changed, in full colours as soon as the tokeniser is there. */
  async show(text: string): Promise<void> {
    const turn = ++this.painting;
    const lines = text.split('\n');
    this.fit(lines.length);
    this.each(lines, (line, wanted) => {
      if (line.textContent !== `${wanted}\n`) line.textContent = `${wanted}\n`;
    });
    const { ready, tokenise, lineHtml } = await import('./highlight.ts');
    await ready();
    if (turn !== this.painting) return;
    const html = tokenise(text).map(lineHtml);
    this.each(html, (line, wanted) => {
      if (line.innerHTML !== `${wanted}\n`) line.innerHTML = `${wanted}\n`;
    });
  }

  /** The tokens of its lines as an editor wants them: where each begins and of which kind it is. */
  tokens(): PrintedLines {
    return new Map(
      Array.from(this.code.children, (line) => {
        let startIndex = 0;
        const tokens = Array.from(line.childNodes, (part) => {
          const token = { startIndex, scopes: part instanceof HTMLElement ? part.className : '' };
          startIndex += part.textContent?.length ?? 0;
          return token;
        });
        return [(line.textContent ?? '').replace(/\n$/, ''), tokens];
      }),
    );
  }

  private fit(length: number): void {
    while (this.code.children.length > length) this.code.lastElementChild?.remove();
    while (this.code.children.length < length) this.code.append(document.createElement('span'));
  }

  private each(lines: readonly string[], change: (line: Element, wanted: string) => void): void {
    for (const [index, wanted] of lines.entries()) {
      const line = this.code.children[index];
      if (line) change(line, wanted);
    }
  }
}
