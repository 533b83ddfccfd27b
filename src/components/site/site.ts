/** What every page does with script: theme, copy links, folds that a link points into, where one is in the chapter, search. */
import { markSection } from './here.ts';

const root = document.documentElement;
const announcer = document.createElement('div');
announcer.setAttribute('role', 'status');
announcer.className = 'toast';
document.body.append(announcer);

/** Says `text` for a moment, to eyes and to screen readers. */
function announce(text: string): void {
  announcer.textContent = text;
  setTimeout(() => {
    if (announcer.textContent === text) announcer.textContent = '';
  }, 2500);
}

function themeButton(button: HTMLButtonElement): void {
  const show = () => button.setAttribute('aria-pressed', String(root.dataset.theme === 'dark'));
  button.hidden = false;
  button.addEventListener('click', () => {
    const theme = root.dataset.theme === 'dark' ? 'light' : 'dark';
    root.dataset.theme = theme;
    try {
      localStorage.setItem('theme', theme);
    } catch {
      // Storage may be blocked; the choice then lasts as long as the page.
    }
    dispatchEvent(new Event('themechange'));
  });
  addEventListener('themechange', show);
  show();
}

/** A click on a copy link goes to the place, as any link does, and also copies its whole address. */
async function copyLink(link: HTMLAnchorElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(link.href);
    announce('Link copied');
  } catch {
    announce('The link is in the address bar');
  }
}

/** A link may point into something folded; open it, so that the reader lands on what was linked. */
function openTarget(): void {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let fold = target.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) {
    fold.open = true;
  }
  target.scrollIntoView();
}

function searchButton(button: HTMLButtonElement): void {
  const open = async () => (await import('./search.ts')).openSearch(button);
  button.hidden = false;
  button.addEventListener('click', open);
  // With Ctrl or Command: a bare key would be a trap for those who dictate or mistype.
  addEventListener('keydown', (event) => {
    const typing =
      event.target instanceof HTMLElement &&
      event.target.closest('input, textarea, select, [contenteditable], [role="textbox"]');
    if (event.key.toLowerCase() !== 'k' || typing || !(event.ctrlKey || event.metaKey) || event.altKey)
      return;
    event.preventDefault();
    void open();
  });
}

const theme = document.querySelector<HTMLButtonElement>('[data-theme-toggle]');
if (theme) themeButton(theme);
const search = document.querySelector<HTMLButtonElement>('[data-search-open]');
if (search) searchButton(search);

document.addEventListener('click', (event) => {
  const link =
    event.target instanceof Element &&
    event.target.closest<HTMLAnchorElement>('.copy-link, .snippet-link, .sl-anchor-link');
  if (link) void copyLink(link);
});
addEventListener('hashchange', openTarget);
if (document.querySelector('details')) openTarget();
addEventListener('beforeprint', () => {
  for (const fold of document.querySelectorAll('details')) fold.open = true;
});

const sections = document.querySelectorAll<HTMLAnchorElement>('.contents-sections a');
if (sections.length > 0) markSection([...sections]);
