import type { RunOptions } from '../../engine/index.ts';
import { make } from './dom.ts';
import { type Control, settingOf, settings, wordOf } from './machine-settings.ts';
import type { SnippetState } from './model.ts';
import type { Store } from './store.ts';

/** What the reader's controls ask for, in words: `cores 2, policy fifo`; empty where they ask for nothing. */
export function machineWords(machine: RunOptions): string {
  return settings
    .flatMap(([key, { label }]) => {
      const value = machine[key];
      return value === undefined ? [] : [`${label.replace(/ \(\w+\)$/, '').toLowerCase()} ${wordOf(value)}`];
    })
    .join(', ');
}

/** The controls of the machine, beside a snippet. What is set here wins over the program's own `machine({...})`. */
export function machinePanel(store: Store<SnippetState>): HTMLElement {
  const fields = settings.map(([key, control]) => ({ key, control, field: fieldFor(control) }));
  const reset = make('button', { type: 'button' }, 'As the program asks');
  const panel = make(
    'fieldset',
    { className: 'snippet-machine' },
    make('legend', {}, 'Machine'),
    ...fields.map(({ control, field }) => make('label', {}, control.label, field)),
    reset,
  );
  const read = () => {
    const entries = fields.flatMap(({ key, control, field }) => {
      const value = settingOf(control, field.value);
      return value === undefined ? [] : [[key, value] as const];
    });
    store.set({ machine: Object.fromEntries(entries) as RunOptions, cursor: null });
  };
  const write = () => {
    const { machine, finished } = store.get();
    for (const { key, field } of fields) {
      const text = wordOf(machine[key]);
      hint(field, wordOf(finished?.map.machine?.[key]));
      if (document.activeElement !== field) field.value = text;
      field.classList.toggle('changed', text !== '');
    }
    reset.disabled = Object.keys(machine).length === 0;
  };
  panel.addEventListener('change', read);
  reset.addEventListener('click', () => store.set({ machine: {}, cursor: null }));
  store.subscribe(write);
  write();
  return panel;
}

/** Say what the program itself asks for, where that is known. */
function hint(field: HTMLInputElement | HTMLSelectElement, asked: string): void {
  if (field instanceof HTMLInputElement) field.placeholder = asked || asProgramAsks;
  else if (field.options[0]) field.options[0].text = asked ? `${asProgramAsks}: ${asked}` : asProgramAsks;
}

const asProgramAsks = 'program';

function fieldFor({ words, least, most }: Control): HTMLInputElement | HTMLSelectElement {
  if (!words) {
    return make('input', {
      type: 'number',
      inputMode: 'numeric',
      min: String(least ?? 0),
      max: String(most ?? ''),
    });
  }
  const option = (value: string, label = value) => make('option', { value }, label);
  return make('select', {}, option('', asProgramAsks), ...words.map((word) => option(word)));
}
