import { toTraceEvents } from '../../engine/events.ts';
import { blankSource, playgroundId } from './blank.ts';
import { make } from './dom.ts';
import { plainEditorKey } from './early.ts';
import { embedCode } from './embed-code.ts';
import type { SnippetState } from './model.ts';
import { fragmentOf } from './share.ts';
import type { Store } from './store.ts';

/** The program and what it printed, as Markdown that can be pasted into a question or a note. */
export function asMarkdown({ text, lines }: Pick<SnippetState, 'text' | 'lines'>, title: string): string {
  const fence = '`'.repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([run]) => run.length + 1)));
  const printed = lines.map((line) => line.text).join('\n');
  const output = printed ? `\nPrints:\n\n${fence}text\n${printed}\n${fence}\n` : '';
  return `**${title}**\n\n${fence}ts\n${text}\n${fence}\n${output}`;
}

/** Where this very program opens in the playground. */
export function playgroundLink(root: string, { text, machine }: SnippetState): string {
  const state = { text, machine, schedule: null, cursor: null, view: 'Output' } as const;
  return `${root}playground/#${fragmentOf(playgroundId, blankSource, state)}`;
}

function save(name: string, type: string, text: string): void {
  const link = make('a', { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
}

/** Whether the reader wants the plain text box instead of Monaco; kept in the browser where it keeps things. */
function plainChoice(): HTMLInputElement {
  const box = make('input', { type: 'checkbox' });
  try {
    box.checked = localStorage.getItem(plainEditorKey) !== null;
  } catch {
    box.disabled = true;
  }
  box.addEventListener('change', () => {
    if (box.checked) localStorage.setItem(plainEditorKey, '1');
    else localStorage.removeItem(plainEditorKey);
  });
  return box;
}

/** What else can be done with a snippet: take it along, take its trace along, go on in the playground. */
export function morePanel(element: HTMLElement, store: Store<SnippetState>): HTMLElement {
  const { name = 'snippet', root = '/' } = element.dataset;
  const title = element.getAttribute('aria-label') ?? name;
  const button = (label: string, act: () => void) => {
    const made = make('button', { type: 'button' }, label);
    made.addEventListener('click', act);
    return made;
  };
  const say = (status: string) => store.set({ status });
  const copy = (text: string, what: string) =>
    // Without a secure connection there is no clipboard.
    Promise.resolve()
      .then(() => navigator.clipboard.writeText(text))
      .then(() => say(`Copied ${what}.`))
      .catch(() => say('This browser does not let the page copy. Download the file instead.'));
  // A program that the build has compiled is a listing of the book, and has an embed.
  const isOfTheBook = element.dataset.program !== undefined;
  const playground = make('a', { className: 'snippet-playground' }, 'Open in the playground');
  const trace = button('Download trace (Perfetto)', () => {
    const { finished } = store.get();
    if (!finished) return say('Run the program first: the trace is what happened in a run.');
    save(
      `${name}.trace.json`,
      'application/json',
      JSON.stringify(toTraceEvents(finished.trace, finished.map.sites)),
    );
    say('Trace saved. ui.perfetto.dev and chrome://tracing open it.');
  });
  const panel = make(
    'div',
    { className: 'snippet-stepper', role: 'group', 'aria-label': 'More' },
    button('Copy as Markdown', () => {
      copy(asMarkdown(store.get(), title), 'as Markdown');
    }),
    ...(isOfTheBook
      ? [
          button('Copy embed code', () =>
            copy(embedCode(new URL(`${root}embed/${name}/`, location.href).href, title), 'the embed code'),
          ),
        ]
      : []),
    button('Download file', () => save(`${name}.ts`, 'text/typescript', `${store.get().text}\n`)),
    trace,
    make('label', {}, plainChoice(), ' Plain editor'),
  );
  if (element.id !== playgroundId) panel.append(playground);
  const update = () => {
    playground.href = playgroundLink(root, store.get());
  };
  playground.addEventListener('focus', update);
  playground.addEventListener('pointerdown', update);
  playground.addEventListener('pointerenter', update);
  update();
  return panel;
}
