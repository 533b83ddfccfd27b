/** The playground's own controls: its files, an example, files from the reader's disk. Nothing runs by itself. */
import { filesOf } from '../../engine/events.ts';
import type { SnippetController } from './controller.ts';
import { make } from './dom.ts';
import { joined, nameFault, renamed, withFile, without } from './file-list.ts';
import { limits } from './share.ts';

const playground = document.querySelector<HTMLElement>('.playground');
const snippet = playground?.querySelector<HTMLElement>('.snippet');
const part = <T extends HTMLElement>(name: string) =>
  playground?.querySelector<T>(`[data-playground=${name}]`) ?? null;

const controller = async (): Promise<SnippetController | null> =>
  snippet ? (await import('./page.ts')).controllerOf(snippet) : null;

async function put(text: string, said: string): Promise<void> {
  const it = await controller();
  if (!it) return;
  if (text.length > limits.text) {
    it.store.set({
      status: `That is too long for a program here (${limits.text.toLocaleString('en')} characters).`,
    });
    return;
  }
  it.setText(text.trimEnd());
  it.store.set({ status: said });
}

const contentOf = async (file: File) =>
  file.size > 4 * limits.text ? `${' '.repeat(limits.text)}.` : await file.text();

/** Names from a disk made names of files here: `my part.mts` is `my-part.ts`. */
const nameOf = ({ name }: File) => `${name.replace(/\.\w+$/, '').replace(/[^\w-]+/g, '-') || 'part'}.ts`;

async function putFiles(files: FileList | null | undefined): Promise<void> {
  const [first, ...others] = files ?? [];
  if (!first) return;
  if (others.length === 0) {
    await put(await contentOf(first), `${first.name} is open. Press Run to see what it does.`);
    return;
  }
  const all = await Promise.all(
    [first, ...others].map(async (file) => ({ name: nameOf(file), content: await contentOf(file) })),
  );
  await put(joined(all), `${all.length} files are open. Press Run to see what they do.`);
}

/** The file that Rename and Remove are about. */
let chosen = '';

function showFiles(text: string): void {
  const files = filesOf(text);
  if (!files.some(({ name }) => name === chosen)) chosen = files[0]?.name ?? '';
  part('names')?.replaceChildren(
    ...files.map(({ name }) =>
      make('button', { type: 'button', 'aria-pressed': String(name === chosen), 'data-file': name }, name),
    ),
  );
  const remove = part<HTMLButtonElement>('remove');
  if (remove) remove.disabled = files.length < 2;
}

async function follow(): Promise<void> {
  const it = await controller();
  if (!it) return;
  // Here the machine is part of the page; where it is narrow, the button brings it.
  if (matchMedia('(width >= 44rem)').matches) it.showMachine();
  let shown = it.store.get().text;
  showFiles(shown);
  it.store.subscribe(() => {
    const { text } = it.store.get();
    if (text !== shown) showFiles(text);
    shown = text;
  });
}

function choose(it: SnippetController, name: string): void {
  chosen = name;
  const { text } = it.store.get();
  showFiles(text);
  const file = filesOf(text).find((candidate) => candidate.name === name);
  if (file) it.goTo(file.from);
}

/** Add, rename, remove: a change of the text, said in the status line. */
async function change(what: string): Promise<void> {
  const it = await controller();
  const field = part<HTMLInputElement>('name');
  if (!it || !field) return;
  const { text } = it.store.get();
  if (what === 'remove') {
    await put(without(text, chosen), `${chosen} is removed.`);
    return;
  }
  const typed = field.value.trim();
  const name = typed.includes('.') ? typed : `${typed}.ts`;
  const fault = nameFault(text, name);
  if (fault) {
    it.store.set({ status: fault });
    field.focus();
    return;
  }
  field.value = '';
  const before = chosen;
  chosen = name;
  if (what === 'rename') await put(renamed(text, before, name), `${before} is called ${name} now.`);
  else {
    await put(
      withFile(text, name, 'export const example = 1;'),
      `${name} is added. Import from './${name}'.`,
    );
    choose(it, name);
  }
}

playground?.addEventListener('click', async ({ target }) => {
  if (!(target instanceof HTMLElement)) return;
  const { playground: what = '', file } = target.dataset;
  if (file !== undefined) {
    const it = await controller();
    if (it) choose(it, file);
  } else if (['add', 'rename', 'remove'].includes(what)) await change(what);
});
part('name')?.addEventListener('keydown', (event) => {
  if (event.key === 'Enter') void change('add');
});

playground?.addEventListener('change', async ({ target }) => {
  if (target instanceof HTMLInputElement && target.type === 'file') await putFiles(target.files);
  if (!(target instanceof HTMLSelectElement) || target.dataset.playground !== 'example') return;
  if (target.value === '') {
    const { blankSource } = await import('./blank.ts');
    await put(blankSource, 'A blank program.');
    return;
  }
  const answer = await fetch(target.value).catch(() => null);
  if (!answer?.ok) return;
  const { source } = (await answer.json()) as { source: string };
  await put(source, 'The example is open. Press Run to see what it does.');
});

playground?.addEventListener('dragover', (event) => {
  event.preventDefault();
  playground.classList.add('dropping');
});
playground?.addEventListener('dragleave', () => playground.classList.remove('dropping'));
playground?.addEventListener('drop', (event) => {
  event.preventDefault();
  playground.classList.remove('dropping');
  void putFiles(event.dataTransfer?.files);
});

void follow();
