/** The decision guide on the page: reads the five answers, shows the advice, and keeps the answers. */
import { href } from '../site/href.ts';
import { readAnswer, rememberAnswer } from './answers.ts';
import { type Advice, type Answers, decide, QUESTIONS } from './decide.ts';

const HEADINGS: Readonly<Record<Advice['part'], string>> = {
  wall: 'The wall',
  inside: 'Inside',
  number: 'How many',
  mind: 'Mind',
};

function element(name: string, className: string, ...content: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

function entry({ part, take, because, proof }: Advice): HTMLElement {
  const link = element('a', '', proof.text) as HTMLAnchorElement;
  link.href = href(proof.link);
  return element(
    'li',
    '',
    element('span', 'guide-part', HEADINGS[part]),
    element('span', '', element('strong', '', take), ` ${because} See `, link, '.'),
  );
}

class Guide extends HTMLElement {
  connectedCallback(): void {
    this.hidden = false;
    for (const { key } of QUESTIONS) {
      const chosen = readAnswer(this.idOf(key));
      const radio = chosen === null ? undefined : this.radios(key)[chosen];
      if (radio) radio.checked = true;
    }
    this.addEventListener('change', () => {
      for (const { key } of QUESTIONS) {
        const chosen = this.radios(key).findIndex(({ checked }) => checked);
        if (chosen >= 0) rememberAnswer(this.idOf(key), chosen);
      }
      this.show();
    });
    this.show();
  }

  private idOf(key: string): string {
    return `${this.id}-${key}`;
  }

  private radios(key: string): HTMLInputElement[] {
    return [...this.querySelectorAll<HTMLInputElement>(`input[name="${this.idOf(key)}"]`)];
  }

  private show(): void {
    const chosen = QUESTIONS.flatMap(({ key }) => {
      const value = this.radios(key).find(({ checked }) => checked)?.value;
      return value === undefined ? [] : [[key, value] as const];
    });
    const out = this.querySelector('[data-advice]');
    const missing = QUESTIONS.length - chosen.length;
    out?.replaceChildren(
      missing > 0
        ? element('p', 'guide-missing', missing === 1 ? 'One question to go.' : `${missing} questions to go.`)
        : element('ul', '', ...decide(Object.fromEntries(chosen) as unknown as Answers).map(entry)),
    );
  }
}

customElements.define('book-guide', Guide);
