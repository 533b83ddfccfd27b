/** Search in a dialog. The index is fetched when the dialog opens and searched here, so it works offline as well. */
import { find } from './search-find.ts';
import type { Section } from './search-index.ts';

let dialog: HTMLDialogElement | null = null;

/** Opens the search; closing it gives the focus back to `opener`. */
export async function openSearch(opener: HTMLElement): Promise<void> {
  dialog ??= makeDialog();
  dialog.addEventListener('close', () => opener.focus(), { once: true });
  dialog.showModal();
}

function makeDialog(): HTMLDialogElement {
  const made = document.createElement('dialog');
  made.className = 'search';
  made.setAttribute('aria-label', 'Search the book');
  made.innerHTML = `<form method="dialog"><label class="sr-only" for="search-words">Search the book</label>
    <input id="search-words" type="search" autocomplete="off" placeholder="Search the book" />
    <button class="bar-button">Close</button></form>
    <p role="status" class="search-status"></p><ol role="list" class="search-results"></ol>`;
  const input = made.querySelector('input') as HTMLInputElement;
  const index = loadIndex();
  input.addEventListener('input', async () => show(made, input.value, await index));
  made.addEventListener('click', (event) => {
    if (event.target === made || (event.target as Element).closest('a')) made.close();
  });
  document.body.append(made);
  return made;
}

async function loadIndex(): Promise<readonly Section[] | null> {
  try {
    const response = await fetch(`${import.meta.env.BASE_URL.replace(/\/$/, '')}/search.json`);
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}

function show(made: HTMLDialogElement, words: string, index: readonly Section[] | null): void {
  const status = made.querySelector('.search-status') as HTMLElement;
  const list = made.querySelector('.search-results') as HTMLElement;
  if (!index) {
    status.textContent = 'The search index could not be loaded. Try again when you are online.';
    return;
  }
  const found = find(index, words);
  const typed = words.trim().length > 1;
  status.textContent = !typed
    ? ''
    : found.length
      ? `${found.length} places`
      : 'Nothing found. Try fewer or shorter words.';
  list.replaceChildren(
    ...found.map(({ section, excerpt }) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      link.href = import.meta.env.BASE_URL.replace(/\/$/, '') + section.path;
      link.append(`${section.page}${section.title === section.page ? '' : `: ${section.title}`}`);
      const text = document.createElement('p');
      text.append(
        excerpt.before,
        Object.assign(document.createElement('mark'), { textContent: excerpt.match }),
        excerpt.after,
      );
      item.append(link, text);
      return item;
    }),
  );
}
