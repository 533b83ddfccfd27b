/** A line of the code that something points at. */
export interface Mark {
  /** 1-based. */
  readonly line: number;
  /** `error`: does not compile or failed here; `current`: where the stepped thread is; `hover`: pointed at in a view. */
  readonly kind: 'error' | 'current' | 'hover' | 'guilty';
  /** Colour of the thread that is there, as CSS; by kind where it is missing. */
  readonly hue?: string;
  /** Short text shown at the end of the line. */
  readonly label?: string;
}

/** Bars behind lines of code. They lie under the listing and under an editor alike, since both have the same lines. */
export class Marks {
  private readonly layer: HTMLElement;

  constructor(code: HTMLElement) {
    this.layer = document.createElement('div');
    this.layer.className = 'snippet-marks';
    this.layer.setAttribute('aria-hidden', 'true');
    code.prepend(this.layer);
  }

  /** Show these marks and no others. */
  show(marks: readonly Mark[]): void {
    this.layer.replaceChildren(
      ...marks.map(({ line, kind, hue, label }) => {
        const bar = document.createElement('div');
        bar.className = kind;
        bar.style.setProperty('--line', String(line - 1));
        if (hue) bar.style.setProperty('--hue', hue);
        if (label) bar.dataset.label = label;
        return bar;
      }),
    );
  }
}
