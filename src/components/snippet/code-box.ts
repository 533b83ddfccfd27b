import { prefersPlain } from './early.ts';
import type { EditorRequest, OpenEditor } from './editor/monaco.ts';
import { openMonaco } from './editor/open.ts';
import { Listing } from './listing.ts';

/** What the code box tells. */
export interface CodeBoxEvents {
  onInput(text: string): void;
  onRun(): void;
}

/**
 * The text box "Code". It begins as a plain text area over the listing; the first touch of a mouse or a key puts Monaco
 * in its place, Escape puts the plain one back. Whatever is typed while Monaco is on its way is not lost.
 */
export class CodeBox {
  private readonly snippet: HTMLElement;
  private readonly area: HTMLTextAreaElement;
  private readonly listing: Listing;
  private readonly events: CodeBoxEvents;
  private editor: OpenEditor | null = null;
  private opening = false;

  constructor(snippet: HTMLElement, area: HTMLTextAreaElement, events: CodeBoxEvents) {
    this.snippet = snippet;
    this.area = area;
    this.listing = new Listing(snippet.querySelector('.snippet-listing') as HTMLElement);
    this.events = events;
    area.addEventListener('input', () => this.typed(area.value));
    area.addEventListener('keydown', (event) => this.key(event));
    area.addEventListener('blur', () => {
      delete area.dataset.editing;
    });
  }

  /** Show a text that did not come from here. */
  setText(text: string): void {
    if (this.area.value !== text) this.area.value = text;
    this.editor?.setText(text);
    void this.listing.show(text);
  }

  /** Put the caret at an offset and bring it into sight. */
  goTo(offset: number): void {
    const { area } = this;
    if (this.editor) this.editor.goTo(offset);
    else {
      area.dataset.editing = '';
      area.focus({ preventScroll: true });
      area.setSelectionRange(offset, offset);
    }
    const line = area.value.slice(0, offset).split('\n').length - 1;
    this.snippet.querySelectorAll('.snippet-listing code > span')[line]?.scrollIntoView({ block: 'nearest' });
  }

  /** The reader touched the code: bring Monaco, where that serves. */
  begin(): void {
    if (!prefersPlain()) void this.open();
  }

  private typed(text: string): void {
    this.area.value = text;
    void this.listing.show(text);
    this.events.onInput(text);
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.events.onRun();
  }

  private async open(): Promise<void> {
    if (this.opening || this.editor) return;
    this.opening = true;
    const { editor = '' } = this.snippet.dataset;
    try {
      this.editor = await openMonaco(editor, () => this.request());
      if (this.editor) this.area.hidden = true;
    } catch {
      // Without the network the plain text box goes on serving.
    } finally {
      this.opening = false;
    }
  }

  /** What Monaco needs to take over; null where the reader has gone elsewhere meanwhile. */
  private request(): EditorRequest | null {
    if (document.activeElement !== this.area) return null;
    const style = getComputedStyle(this.area);
    const host = document.createElement('div');
    host.className = 'snippet-monaco';
    this.area.after(host);
    this.snippet.classList.add('in-monaco');
    return {
      host,
      name: this.snippet.id,
      text: this.area.value,
      selection: [this.area.selectionStart, this.area.selectionEnd],
      font: {
        family: style.fontFamily,
        size: Number.parseFloat(style.fontSize),
        lineHeight: Number.parseFloat(style.lineHeight),
      },
      printed: this.listing.tokens(),
      onInput: (text) => this.typed(text),
      onRun: () => this.events.onRun(),
      onLeave: () => this.leave(),
      onCaret: (left) => keepInSight(host, left),
    };
  }

  /** Back to the plain text box, with the focus on it: Tab goes on from here. */
  private leave(): void {
    const { editor, area } = this;
    if (!editor) return;
    const [start, end] = editor.selection();
    this.editor = null;
    delete area.dataset.editing;
    editor.close();
    this.snippet.querySelector('.snippet-monaco')?.remove();
    this.snippet.classList.remove('in-monaco');
    area.hidden = false;
    area.focus({ preventScroll: true });
    area.setSelectionRange(start, end);
  }
}

/** Scroll the code sideways so that the caret can be seen. */
function keepInSight(host: HTMLElement, left: number): void {
  const code = host.closest('.snippet-code');
  if (!code) return;
  const at = host.offsetLeft + left;
  if (at < code.scrollLeft + host.offsetLeft) code.scrollLeft = left - 16;
  else if (at > code.scrollLeft + code.clientWidth - 32) code.scrollLeft = at - code.clientWidth + 64;
}
