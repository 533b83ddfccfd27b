/** The lab on the page: a button that fills the table, row by row. Nothing is measured before it is pressed. */
import { duration, type Measurement, measure, summary } from './measure.ts';

const table = document.querySelector<HTMLTableElement>('#lab-table');
const button = document.querySelector<HTMLButtonElement>('#lab-run');
const status = document.querySelector<HTMLElement>('#lab-status');

const startWorker = () => new Worker(new URL('./lab-worker.ts', import.meta.url), { type: 'module' });

/** Sends `message` to `worker` and waits for what it says. */
const ask = (worker: Worker, message: string) =>
  new Promise<Measurement | null>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = () => reject(new Error('the worker failed'));
    worker.postMessage(message);
  });

/** Nanoseconds from `new Worker` to its first answer, five times; each worker is closed again. */
async function workerStart(): Promise<Measurement> {
  const times: number[] = [];
  for (let round = 0; round < 5; round++) {
    const start = performance.now();
    const worker = startWorker();
    await ask(worker, '');
    times.push((performance.now() - start) * 1e6);
    worker.terminate();
  }
  return summary(times);
}

function roundTrip(worker: Worker): Promise<Measurement> {
  return measure(
    async (count) => {
      for (let i = 0; i < count; i++) await ask(worker, '');
    },
    () => performance.now(),
  );
}

function show(id: string, { median, fastest, slowest }: Measurement): void {
  const cell = table?.querySelector(`[data-experiment="${id}"]`);
  if (!cell) return;
  cell.textContent = duration(median);
  cell.setAttribute('title', `from ${duration(fastest)} to ${duration(slowest)} in five rounds`);
}

async function run(): Promise<void> {
  const worker = startWorker();
  try {
    for (const cell of table?.querySelectorAll<HTMLElement>('[data-experiment]') ?? []) {
      const id = cell.dataset.experiment ?? '';
      if (status) status.textContent = `Measuring: ${cell.dataset.what}…`;
      if (id === 'worker-start') show(id, await workerStart());
      else if (id === 'round-trip') show(id, await roundTrip(worker));
      else {
        const measured = await ask(worker, id);
        if (measured) show(id, measured);
      }
    }
    if (status)
      status.textContent = 'Done. Each figure is the median of five rounds; point at one for its range.';
  } catch {
    if (status)
      status.textContent = 'A worker could not be started here, so this browser cannot be measured.';
  } finally {
    worker.terminate();
  }
}

if (button) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    button.disabled = true;
    await run();
    button.disabled = false;
  });
}
