import type { RecordedStep, Recording } from './recorder.ts';
import type { FailureKind } from './subject.ts';

/** A place in the source that a failure card marks. */
export interface GuiltyPlace {
  readonly tid: number;
  readonly line: number;
  readonly column: number;
}

/** A thread that waits at the end of a schedule: an edge of the wait-for graph. */
export interface Waiting {
  readonly tid: number;
  readonly name: string;
  /** What it waits for. */
  readonly object: string;
  readonly line: number;
  readonly column: number;
  /** Who holds that. */
  readonly heldBy: readonly number[];
  /** Who holds it is no thread of its process: it was held when the process was copied. */
  readonly isLeftBehind?: boolean;
  /** It waits for nothing: it runs for ever, and nobody can notice. */
  readonly runsOn?: boolean;
  /** What it is about to do; empty where that is not known. */
  readonly does?: string;
}

/** Why a schedule fails, for the reader. */
export interface Explanation {
  readonly why: string;
  /** The two accesses that clash, or where the threads of a ring wait. */
  readonly guilty: readonly GuiltyPlace[];
}

const TAKING: ReadonlySet<string> = new Set(['lock', 'reacquire', 'writeLock', 'tryLock']);
const DATA: ReadonlySet<string> = new Set([
  'load',
  'store',
  'atomicLoad',
  'atomicStore',
  'atomicUpdate',
  'compareExchange',
]);
const GIVING: ReadonlySet<string> = new Set(['unlock', 'writeUnlock']);

/** Says in words what made the schedule fail: the update that was lost, the lock that was not held, the ring that was closed. */
export function explain(
  kind: FailureKind,
  recording: Recording,
  preemptions: number,
  isRound = false,
): Explanation {
  const { steps, waiting } = recording;
  if (isRound) return explainRound(waiting);
  if (kind === 'deadlock' || kind === 'livelock') return explainWaiting(waiting, steps);
  const woken = explainWakeUp(steps);
  return (
    woken ?? explainLostUpdate(steps) ?? explainInterruption(steps) ?? explainOrder(recording, preemptions)
  );
}

function explainWaiting(waiting: readonly Waiting[], steps: readonly RecordedStep[]): Explanation {
  const guilty = waiting.map(({ tid, line, column }) => ({ tid, line, column }));
  const parts = waiting.map((wait) => {
    if (wait.runsOn) return `${named(wait)} runs round on line ${wait.line} and waits for nothing.`;
    const held = wait.heldBy.map((tid) => {
      const taken = steps.findLast(
        (step) => step.tid === tid && step.object === wait.object && TAKING.has(step.kind),
      );
      return taken ? `thread ${tid} took it on line ${taken.line}` : `thread ${tid} holds it`;
    });
    const because = wait.isLeftBehind
      ? `; ${held.join(', ')}, and this process is a copy made while it was held, in which nobody is there to give it back`
      : held.length > 0
        ? `; ${held.join(', ')} and does not give it back`
        : permitOf(wait, steps);
    return `${named(wait)} waits on line ${wait.line} for ${wait.object}${because}.`;
  });
  const ring = waiting.filter(({ heldBy }) =>
    heldBy.some((tid) => waiting.some((other) => other.tid === tid)),
  );
  const end =
    ring.length > 1
      ? ' Each of them holds what another one needs, so none can ever go on.'
      : waiting.every(({ runsOn }) => runsOn)
        ? ' Nobody is left who could end it.'
        : ' Nobody is left who could let it go on.';
  return { why: parts.join(' ') + end, guilty };
}

/** Permits have no owner, but somebody took the last one. */
function permitOf({ object, tid }: Waiting, steps: readonly RecordedStep[]): string {
  const of = steps.filter((step) => step.object === object);
  const last = of.findLast(({ kind }) => kind === 'acquire' || kind === 'release');
  return last?.kind === 'acquire' && last.tid !== tid
    ? `; thread ${last.tid} took the last permit on line ${last.line}`
    : '';
}

/** These threads come round to where they were, again and again. */
function explainRound(running: readonly Waiting[]): Explanation {
  const guilty = running.map(({ tid, line, column }) => ({ tid, line, column }));
  const places = running.map((thread) => `${named(thread)} was on line ${thread.line}`).join(', ');
  const what =
    running.length > 1
      ? 'Everyone gets a turn, and still none of them comes to an end: look for what one undoes and the other does again.'
      : 'It gets every turn there is, and still does not come to an end: look for what should end its loop.';
  return { why: `At the end of a round, ${places}. ${what}`, guilty };
}

/** The name of a thread, with its number where that is not in the name. */
function named({ name, tid }: Waiting): string {
  return name === `thread ${tid}` ? `Thread ${tid}` : `${name} (thread ${tid})`;
}

/** A wait ended without a signal, and the thread went on as if there had been one. */
function explainWakeUp(steps: readonly RecordedStep[]): Explanation | null {
  const last = steps.at(-1);
  const at = steps.findLastIndex(({ kind, tid }) => kind === 'sleep' && tid === last?.tid);
  const wake = steps[at];
  if (!wake || !last || steps.slice(at).some(({ tid }) => tid !== wake.tid)) return null;
  const seen = steps.slice(at + 1).findLast((step) => step.kind === 'load');
  const found = seen ? ` It finds ${seen.object}${value(seen)} on line ${seen.line}.` : '';
  const advice =
    wake.object === 'wakes without a signal'
      ? 'A wait may end without a signal: it has to look again, in a loop, whether what it waited for holds.'
      : 'A wait that gives up says so: its answer has to be asked before what was waited for is relied on.';
  const why = `Thread ${wake.tid} waits on line ${wake.line} and goes on before anybody has signalled: “${wake.operation}”.${found} ${advice}`;
  return { why, guilty: [placeOf(wake), ...(seen ? [placeOf(seen)] : [])] };
}

/** A load, another thread's store to the same variable, and a store that overwrites it. */
function explainLostUpdate(steps: readonly RecordedStep[]): Explanation | null {
  for (let last = steps.length - 1; last >= 0; last--) {
    const store = steps[last] as RecordedStep;
    if (store.kind !== 'store') continue;
    const first = steps.findLastIndex((step, i) => i < last && isSame(step, store) && step.tid === store.tid);
    const load = steps[first];
    if (load?.kind !== 'load') continue;
    const other = steps
      .slice(first, last)
      .findLast((step) => step.kind === 'store' && isSame(step, store) && step.tid !== store.tid);
    if (!other) continue;
    const why = `Thread ${load.tid} loads ${load.object}${value(load)} on line ${load.line}. Before it has stored its new value, thread ${other.tid} stores to ${other.object}${value(other)} on line ${other.line}; then thread ${store.tid}${stored(store)} on line ${store.line} and what thread ${other.tid} stored is lost. ${missingLock(steps, first, load, other)}`;
    return { why, guilty: [placeOf(load), placeOf(other)] };
  }
  return null;
}

/** A thread lost the CPU between two accesses, and another changed what it counted on. */
function explainInterruption(steps: readonly RecordedStep[]): Explanation | null {
  for (let i = steps.length - 2; i >= 0; i--) {
    const before = steps[i] as RecordedStep;
    const back = steps.findIndex((step, j) => j > i + 1 && step.tid === before.tid);
    if (steps[i + 1]?.tid === before.tid || back < 0) continue;
    const mine = steps.filter((step, j) => step.tid === before.tid && (j <= i || j >= back));
    const clash = steps
      .slice(i + 1, back)
      .filter((step) => changes(step) && mine.some((own) => isSame(own, step)))
      .sort((a, b) => Number(isData(b)) - Number(isData(a)))[0];
    const own =
      clash &&
      (steps.slice(0, i + 1).findLast((step) => step.tid === before.tid && isSame(step, clash)) ??
        mine.findLast((step) => isSame(step, clash) && step.kind !== clash.kind) ??
        mine.find((step) => isSame(step, clash)));
    if (!clash || !own) continue;
    const after = steps[back] as RecordedStep;
    const why = `Thread ${before.tid} is interrupted after “${before.operation}” on line ${before.line}. In between, thread ${clash.tid} does “${clash.operation}” on line ${clash.line}; thread ${after.tid} then goes on with “${after.operation}” on line ${after.line} as if nothing had changed. ${missingLock(steps, i, own, clash)}`;
    return { why, guilty: [placeOf(own), placeOf(clash)] };
  }
  return null;
}

/** Nobody was interrupted: the order in which the threads came is enough. */
function explainOrder(recording: Recording, preemptions: number): Explanation {
  const { steps } = recording;
  const last = steps.at(-1);
  if (!last)
    return { why: 'It fails before any thread has done anything that another could notice.', guilty: [] };
  const touched = steps.filter((step) => step.tid === last.tid);
  const clash =
    steps.findLast(
      (step) =>
        isData(step) && step.tid !== last.tid && changes(step) && touched.some((own) => isSame(own, step)),
    ) ??
    steps.findLast(
      (step) => step.tid !== last.tid && changes(step) && touched.some((own) => isSame(own, step)),
    );
  if (!clash) return explainAlone(recording, last);
  const own = steps.findLast((step) => step.tid === last.tid && isSame(step, clash)) ?? last;
  if (preemptions > 0) return explainHalfDone(steps, clash, own);
  const why = `No thread has to be interrupted for this: the order in which they come is enough. Thread ${clash.tid} does “${clash.operation}” on line ${clash.line}, thread ${own.tid} does “${own.operation}” on line ${own.line}, and nothing says which comes first.`;
  return { why, guilty: [placeOf(own), placeOf(clash)] };
}

/** Nobody else has done anything it depends on: others may come too late, or have nothing to do with it. */
function explainAlone(
  { steps, waiting: others, onTheWay, failedAt }: Recording,
  last: RecordedStep,
): Explanation {
  const own = steps.filter(({ tid }) => tid === last.tid);
  const late = others.find(
    ({ tid, does, object }) =>
      tid !== last.tid &&
      !does?.startsWith('load') &&
      own.some((step) => isData(step) && step.object === object),
  );
  if (late) {
    const why = `Thread ${last.tid} fails after “${last.operation}” on line ${last.line}. ${named(late)} is still about to do “${late.does}” on line ${late.line}, and nothing makes thread ${last.tid} wait for that.`;
    return { why, guilty: [placeOf(last), { tid: late.tid, line: late.line, column: late.column }] };
  }
  const ended = steps.filter(({ kind }) => kind === 'io').map(({ object }) => object);
  if (last.kind === 'io' && ended.length > 1) {
    const why = `The event loop is told in this order: ${ended.join(', then ')}. What was true before an await need not be true after it: other callbacks ran in between.`;
    return { why, guilty: failedAt.line > 0 ? [{ tid: last.tid, ...failedAt }] : [] };
  }
  if (onTheWay.length > 0) {
    const why = `Thread ${last.tid} fails after “${last.operation}” on line ${last.line}, and the signal ${onTheWay.join(', ')} has not arrived yet: nothing says when it does.`;
    return { why, guilty: [placeOf(last)] };
  }
  const rest = others.some(({ tid }) => tid !== last.tid)
    ? 'before the others have done anything that it depends on'
    : 'whatever the others do';
  return {
    why: `Thread ${last.tid} fails after “${last.operation}” on line ${last.line}, ${rest}.`,
    guilty: [placeOf(last)],
  };
}

/** A thread was interrupted and another met what it had left half done. */
function explainHalfDone(
  steps: readonly RecordedStep[],
  clash: RecordedStep,
  own: RecordedStep,
): Explanation {
  const left = steps.findLast(({ tid }) => tid === clash.tid) ?? clash;
  const why = `Thread ${left.tid} is interrupted after “${left.operation}” on line ${left.line}, before it has done the rest. Thread ${own.tid} meets it half done: “${own.operation}” on line ${own.line}. ${missingLock(steps, steps.indexOf(left), left, own)}`;
  return { why, guilty: [placeOf(left), placeOf(own)] };
}

/** Which lock should have kept the two apart, as far as the schedule tells. */
function missingLock(
  steps: readonly RecordedStep[],
  at: number,
  own: RecordedStep,
  other: RecordedStep,
): string {
  const mine = heldBy(steps, at, own.tid);
  const theirs = heldBy(steps, steps.indexOf(other), other.tid);
  const givenBack = theirs.filter(
    (lock) =>
      !mine.includes(lock) &&
      steps.slice(0, at + 1).some((step) => step.tid === own.tid && step.object === lock),
  );
  if (steps[at]?.kind === 'wait')
    return 'It has to look again, in a loop, whether what it waited for still holds.';
  if (givenBack.length > 0)
    return `Thread ${own.tid} had given ${givenBack.join(' and ')} back by then: what belongs together is not done under one lock.`;
  if (mine.length === 0 && theirs.length === 0) return 'Neither thread holds a lock there.';
  if (mine.length === 0)
    return `Thread ${other.tid} holds ${theirs.join(' and ')}, but thread ${own.tid} does not take it.`;
  if (theirs.length === 0)
    return `Thread ${own.tid} holds ${mine.join(' and ')}, but thread ${other.tid} does not take it.`;
  return `Thread ${own.tid} holds ${mine.join(' and ')} and thread ${other.tid} holds ${theirs.join(' and ')}: different locks keep nobody out.`;
}

/** Locks a thread holds after step `at`. */
function heldBy(steps: readonly RecordedStep[], at: number, tid: number): string[] {
  const held: string[] = [];
  for (const step of steps.slice(0, at + 1)) {
    if (step.tid !== tid) continue;
    if (TAKING.has(step.kind)) held.push(step.object);
    else if (step.kind === 'wait') held.pop();
    else if (GIVING.has(step.kind) && held.includes(step.object)) held.splice(held.indexOf(step.object), 1);
  }
  return held;
}

const changes = ({ kind }: RecordedStep): boolean =>
  kind !== 'load' && kind !== 'atomicLoad' && kind !== 'print';
/** Is it about data, not about a lock? */
const isData = ({ kind }: RecordedStep): boolean => DATA.has(kind);
const isSame = (a: RecordedStep, b: RecordedStep): boolean => a.variable === b.variable && a.variable >= 0;
const placeOf = ({ tid, line, column }: RecordedStep): GuiltyPlace => ({ tid, line, column });
const value = ({ value: text }: RecordedStep): string => (text === '' ? '' : ` (${text})`);
const stored = ({ object, value: text }: RecordedStep): string =>
  text === '' ? ` stores to ${object}` : ` stores ${text} to ${object}`;
