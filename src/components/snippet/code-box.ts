import { Listing } from './listing.ts';

/** What the code box tells. */
export interface CodeBoxEvents {
  onInput(text: string): void;
  onRun(): void;
}

/**
 * The text box "Code". It begins as a plain text area over the listing; the first touch of a mouse or a key puts Monaco
 * in its place, Escape puts the plain one back. Narrow and touch screens, and readers who ask for it, keep the plain one.
 */
export class CodeBox {
  private readonly area: HTMLTextAreaElement;
  private readonly listing: Listing;
  private readonly events: CodeBoxEvents;
  private editing = false;

  constructor(snippet: HTMLElement, area: HTMLTextAreaElement, events: CodeBoxEvents) {
    this.area = area;
    this.listing = new Listing(snippet.querySelector('.snippet-listing') as HTMLElement);
    this.events = events;
    area.addEventListener('input', () => this.typed());
    area.addEventListener('keydown', (event) => this.key(event));
    area.addEventListener('blur', () => {
      this.editing = false;
    });
    area.addEventListener('pointerdown', () => {
      this.editing = true;
    });
  }

  /** Show a text that did not come from here. */
  setText(text: string): void {
    if (this.area.value !== text) this.area.value = text;
    void this.listing.show(text);
  }

  private typed(): void {
    this.editing = true;
    void this.listing.show(this.area.value);
    this.events.onInput(this.area.value);
  }

  private key(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.events.onRun();
    } else if (event.key === 'Enter' && !this.editing) {
      event.preventDefault();
      this.editing = true;
    } else if (event.key === 'Escape') this.editing = false;
  }
}
