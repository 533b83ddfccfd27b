/** Keeps a prediction and holds it against the answer. */
import { readAnswer, rememberAnswer } from '../study/answers.ts';

class Predict extends HTMLElement {
  connectedCallback(): void {
    const chosen = readAnswer(this.id);
    if (chosen !== null) this.radios()[chosen]?.click();
    this.addEventListener('change', () => {
      rememberAnswer(this.id, this.prediction());
      this.compare();
    });
    this.querySelector('details')?.addEventListener('toggle', () => this.compare());
    document.addEventListener('snippet:run', (event) => {
      const { name } = (event as CustomEvent<{ name: string }>).detail;
      if (name === this.dataset.snippet && this.prediction() >= 0) this.open();
    });
  }

  private radios(): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>('input[type=radio]')];
  }

  /** Index of the chosen option, -1 before a choice. */
  private prediction(): number {
    return this.radios().findIndex((radio) => radio.checked);
  }

  private open(): void {
    const details = this.querySelector('details');
    if (details) details.open = true;
    this.compare();
  }

  private compare(): void {
    const verdict = this.querySelector<HTMLElement>('[data-verdict]');
    const chosen = this.prediction();
    if (!verdict || chosen < 0) return;
    const right = chosen === Number(this.dataset.answer);
    verdict.hidden = false;
    verdict.dataset.verdict = right ? 'right' : 'wrong';
    const label = this.radios()[chosen]?.parentElement?.textContent?.trim() ?? '';
    verdict.textContent = right ? 'As you predicted.' : `You predicted: ${label}. It turned out otherwise.`;
  }
}

customElements.define('book-predict', Predict);
