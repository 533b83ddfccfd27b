/**
 * All the script a page with snippets loads before a reader touches one: it makes each listing a text box and brings the
 * rest on the first sign of interest (a pointer over it, the focus in it).
 */
import { begin, fetchEditor, isThrifty, leave, prepare } from './early.ts';

const page = () => import('./page.ts');

/** The snippet that an event is about, or null. */
const snippetOf = (event: Event) => (event.target as Element).closest<HTMLElement>('.snippet');

/** Lay a real text box over the listing: it can be typed into, filled and read aloud before any editor is there. */
function makeTextBox(snippet: HTMLElement): void {
  const listing = snippet.querySelector<HTMLElement>('.snippet-listing');
  if (!listing) return;
  const box = document.createElement('textarea');
  box.className = 'snippet-text';
  box.defaultValue = (listing.textContent ?? '').replace(/\n$/, '');
  box.wrap = 'off';
  box.spellcheck = false;
  box.autocapitalize = 'off';
  box.autocomplete = 'off';
  box.setAttribute('aria-label', 'Code');
  listing.removeAttribute('tabindex');
  listing.setAttribute('aria-hidden', 'true');
  listing.after(box);
  const hint = document.createElement('p');
  hint.className = 'snippet-hint';
  hint.id = `${snippet.id}-hint`;
  hint.textContent = 'Enter edits · Escape leaves · Ctrl+Enter runs';
  box.setAttribute('aria-describedby', hint.id);
  snippet.querySelector('.snippet-body')?.append(hint);
}

/** Give the tabs and their panel the names that join them: here and not in the page, which is lighter for it. */
function joinTabs(snippet: HTMLElement): void {
  const panel = snippet.querySelector('[role=tabpanel]');
  if (!panel) return;
  panel.id = `${snippet.id}-view`;
  for (const tab of snippet.querySelectorAll<HTMLElement>('[role=tab]')) {
    tab.id = `${snippet.id}-tab-${tab.textContent?.trim().toLowerCase()}`;
    tab.setAttribute('aria-controls', panel.id);
  }
  panel.setAttribute('aria-labelledby', `${snippet.id}-tab-output`);
}

/** True where the browser keeps an edit of this snippet, or the address asks for it. */
function isWaited(snippet: HTMLElement): boolean {
  if (location.hash.startsWith(`#${snippet.id}~`)) return true;
  try {
    return localStorage.getItem(`interleave.edit.${snippet.dataset.name}`) !== null;
  } catch {
    return false;
  }
}

const snippets = document.querySelectorAll<HTMLElement>('.snippet');

for (const snippet of snippets) {
  makeTextBox(snippet);
  joinTabs(snippet);
  if (isWaited(snippet)) void page().then(({ controllerOf }) => controllerOf(snippet));
}

// An empty worker, once the page has nothing better to do: it takes longest to start, and nothing to load.
const soon = globalThis.requestIdleCallback ?? setTimeout;
const settle = () => soon(() => snippets[0] && prepare(snippets[0]));
settle();
addEventListener('pagehide', leave);
addEventListener('pageshow', ({ persisted }) => persisted && settle());

/** Milliseconds between two looks at what is in sight. */
const glance = 200;
let looked = 0;

/**
 * A reader who moves a mouse or tabs through the page while a snippet is in sight may run it soon: what that takes is fetched
 * now. Looking, scrolling and touching elsewhere is reading, and loads nothing.
 */
function stir(event: PointerEvent | KeyboardEvent): void {
  const isReading = 'key' in event ? event.key !== 'Tab' : event.pointerType === 'touch';
  if (isReading || event.timeStamp < looked + glance) return;
  looked = event.timeStamp;
  const near = [...snippets].find((snippet) => {
    const { top, bottom } = snippet.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });
  if (!near) return;
  rest();
  begin(near);
  void page();
}

function rest(): void {
  removeEventListener('pointermove', stir);
  removeEventListener('keydown', stir);
}

if (!isThrifty()) {
  addEventListener('pointermove', stir, { passive: true });
  addEventListener('keydown', stir);
}

for (const type of ['pointerover', 'focusin', 'touchstart']) {
  document.addEventListener(
    type,
    (event) => {
      const snippet = snippetOf(event);
      if (!snippet) return;
      rest();
      begin(snippet);
      void page().then(({ controllerOf }) => controllerOf(snippet).expect());
    },
    { passive: true },
  );
}

/** The code is touched: from now on keys change it. Monaco may still be on its way, the text box is there already. */
function touch(box: HTMLTextAreaElement): void {
  box.dataset.editing = '';
  const snippet = box.closest<HTMLElement>('.snippet');
  if (!snippet) return;
  fetchEditor(snippet);
  void page().then(({ controllerOf }) => controllerOf(snippet).touch());
}

document.addEventListener('pointerdown', ({ target }) => {
  if (target instanceof HTMLTextAreaElement && target.matches('.snippet-text')) touch(target);
});

document.addEventListener('keydown', (event) => {
  const { target, key } = event;
  if (!(target instanceof HTMLTextAreaElement && target.matches('.snippet-text'))) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === 'Enter' && target.dataset.editing === undefined) event.preventDefault();
  if (key === 'Enter' || key.length === 1) touch(target);
  else if (key === 'Escape') delete target.dataset.editing;
});

document.addEventListener('click', (event) => {
  const snippet = snippetOf(event);
  const button = (event.target as Element).closest<HTMLElement>('button');
  if (snippet && button) void page().then(({ controllerOf }) => controllerOf(snippet).press(button));
});
