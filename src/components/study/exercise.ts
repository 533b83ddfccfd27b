/** Judges the exercise of this page whenever its program has been explored, and remembers that it was solved. */
import { readAnswer, rememberAnswer } from './answers.ts';
import { type Explored, judge } from './judge.ts';

/** The key under which a solved exercise is kept among the answers. */
const keyOf = (id: string) => `exercise-${id}`;

const verdict = document.querySelector<HTMLElement>('[data-exercise]');
if (verdict) {
  const { exercise = '', start = '' } = verdict.dataset;
  const solved = () => {
    verdict.dataset.verdict = 'right';
    verdict.textContent = 'Solved: every schedule was tried, and none fails.';
  };
  if (readAnswer(keyOf(exercise)) === 1) solved();
  document.addEventListener('snippet:explored', (event) => {
    const { name, ...explored } = (event as CustomEvent<Explored & { name: string }>).detail;
    if (name !== keyOf(exercise)) return;
    const missing = judge(start, explored);
    if (missing === null) {
      rememberAnswer(keyOf(exercise), 1);
      solved();
    } else {
      verdict.dataset.verdict = 'wrong';
      verdict.textContent = missing;
    }
  });
}

for (const item of document.querySelectorAll<HTMLElement>('[data-solved]')) {
  item.hidden = readAnswer(keyOf(item.dataset.solved ?? '')) !== 1;
}
