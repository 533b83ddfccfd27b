/** The playground's own controls: an example, a file, a file dropped on the program. Nothing runs by itself. */
import { limits } from './share.ts';

const playground = document.querySelector<HTMLElement>('.playground');
const snippet = playground?.querySelector<HTMLElement>('.snippet');

async function put(text: string, said: string): Promise<void> {
  if (!snippet) return;
  const { controllerOf } = await import('./page.ts');
  const controller = controllerOf(snippet);
  if (text.length > limits.text) {
    controller.store.set({
      status: `That is too long for a program here (${limits.text.toLocaleString('en')} characters).`,
    });
    return;
  }
  controller.setText(text.trimEnd());
  controller.store.set({ status: said });
}

const putFile = async (file: File | undefined) => {
  if (!file) return;
  const text = file.size > 4 * limits.text ? ' '.repeat(limits.text + 1) : await file.text();
  await put(text, `${file.name} is open. Press Run to see what it does.`);
};

playground?.addEventListener('change', async ({ target }) => {
  if (target instanceof HTMLInputElement && target.type === 'file') await putFile(target.files?.[0]);
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
  void putFile(event.dataTransfer?.files[0]);
});
