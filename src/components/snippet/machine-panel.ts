import type { RunOptions } from '../../engine/index.ts';
import { make } from './dom.ts';
import type { SnippetState } from './model.ts';
import type { Store } from './store.ts';

const policies = ['fifo', 'sjf', 'stcf', 'rr', 'priority', 'lottery', 'mlfq', 'fair'];
const profiles = ['modern', 'xeon-2007', 'p6-1995', 'free'];

/** One control: a number, or one of some words. Empty leaves the choice to the program. */
interface Control {
  readonly key: 'cores' | 'policy' | 'quantum' | 'seed' | 'costs' | 'memoryModel';
  readonly label: string;
  readonly words?: readonly string[];
  readonly least?: number;
  readonly most?: number;
}

const controls: readonly Control[] = [
  { key: 'cores', label: 'Cores', least: 1, most: 64 },
  { key: 'policy', label: 'Policy', words: policies },
  { key: 'quantum', label: 'Quantum (ns)', least: 1 },
  { key: 'seed', label: 'Seed', least: 0 },
  { key: 'costs', label: 'Costs', words: profiles },
  { key: 'memoryModel', label: 'Memory model', words: ['sc', 'tso'] },
];

/** What a control's text asks for; undefined leaves it to the program. Numbers out of range are brought into it. */
export function settingOf(
  { words, least, most }: Omit<Control, 'label' | 'key'>,
  text: string,
): string | number | undefined {
  if (text.trim() === '') return undefined;
  if (words) return words.includes(text) ? text : undefined;
  const number = Math.round(Number(text));
  if (!Number.isFinite(number)) return undefined;
  return Math.min(Math.max(number, least ?? 0), most ?? Number.MAX_SAFE_INTEGER);
}

/** What the reader's controls ask for, in words: `cores 2, policy fifo`; empty where they ask for nothing. */
export function machineWords(machine: RunOptions): string {
  return controls
    .flatMap(({ key, label }) => {
      const value = machine[key];
      return value === undefined ? [] : [`${label.replace(/ \(ns\)$/, '').toLowerCase()} ${wordOf(value)}`];
    })
    .join(', ');
}

const wordOf = (value: unknown): string =>
  typeof value === 'object' ? ((value as { name?: string } | null)?.name ?? 'its own') : String(value ?? '');

/** The controls of the machine, beside a snippet. What is set here wins over the program's own `machine({...})`. */
export function machinePanel(store: Store<SnippetState>): HTMLElement {
  const fields = controls.map((control) => ({ control, field: fieldFor(control) }));
  const reset = make('button', { type: 'button' }, 'As the program asks');
  const panel = make(
    'fieldset',
    { className: 'snippet-machine' },
    make('legend', {}, 'Machine'),
    ...fields.map(({ control, field }) => make('label', {}, control.label, field)),
    reset,
  );
  const read = () => {
    const entries = fields.flatMap(({ control, field }) => {
      const value = settingOf(control, field.value);
      return value === undefined ? [] : [[control.key, value] as const];
    });
    store.set({ machine: Object.fromEntries(entries) as RunOptions, cursor: null });
  };
  const write = () => {
    const { machine, finished } = store.get();
    for (const { control, field } of fields) {
      const text = wordOf(machine[control.key]);
      hint(field, wordOf(finished?.map.machine?.[control.key]));
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
