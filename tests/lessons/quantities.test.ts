import { expect, test } from 'vitest';
import { attributes, pages } from './book.ts';
import { unsourced } from './quantities.ts';

/**
 * Quantities that need no source, with the reason. `case`: the text supposes it, as an exercise does. `sum`: worked out
 * from numbers that stand beside it. `machine`: a setting or a cost of the simulated machine, which a run shows. `run`:
 * printed by the listing that the line links to; another test compares the two.
 */
const ALLOWED: Readonly<
  Record<string, readonly [quantity: string, reason: 'case' | 'sum' | 'machine' | 'run'][]>
> = {
  'learn/cpu-bound-io-bound#where-the-time-goes': [
    ['25 %', 'case'],
    ['95 %', 'sum'],
  ],
  'learn/cpu-bound-io-bound#how-many': [
    ['48 ms', 'sum'],
    ['50 ms', 'case'],
    ['500 ms', 'case'],
  ],
  'learn/cpu-bound-io-bound#amdahl': [
    ['5 ms', 'sum'],
    ['5 %', 'case'],
  ],
  'learn/fibers-and-coroutines#what-a-turn-costs': [
    ['1.5 us', 'sum'],
    ['0.15 %', 'sum'],
  ],
  'learn/five-ways-to-serve#thread-for-each': [['6 ms', 'sum']],
  'learn/five-ways-to-serve#side-by-side': [
    ['2.1 ms', 'sum'],
    ['20 ms', 'sum'],
    ['22 ms', 'sum'],
    ['2.2 ms', 'run'],
    ['3.2 ms', 'run'],
    ['152 KB', 'run'],
    ['124 KB', 'run'],
    ['48 KB', 'run'],
    ['20 KB', 'run'],
    ['44 KB', 'run'],
  ],
  'learn/from-program-to-process#loading': [['200 MB', 'case']],
  'learn/from-program-to-process#life-cycle': [['3.5 ms', 'sum']],
  'learn/how-much-wall#containers': [['512 MB', 'case']],
  'learn/sharing-a-kitchen#lost-update': [['10 us', 'machine']],
  'learn/stuck#deadlock': [['100 %', 'case']],
  'learn/the-context-switch#blocking': [['55 ns', 'sum']],
  'learn/the-event-loop#loop-or-threads': [['51 ms', 'sum']],
  'learn/this-machine#simpler': [
    ['10 us', 'machine'],
    ['3 %', 'machine'],
  ],
  'learn/when-one-falls#the-price-of-walls': [['100 us', 'sum']],
  'learn/who-runs-next#round-robin': [['3 ms', 'case']],
  'learn/who-runs-next#starvation': [['50 ms', 'sum']],
  'learn/who-runs-next#quantum': [['150 ns', 'machine']],
};

const found = pages().flatMap(unsourced);
const allowed = ({ where, quantity }: { where: string; quantity: string }) =>
  (ALLOWED[where] ?? []).some(([each]) => each === quantity);

test('every number with a unit has a source, is shown by a listing of its section, or says why not', () => {
  expect(found.filter((each) => !allowed(each))).toEqual([]);
});

test('nothing is allowed that the text does not say', () => {
  const unused = Object.entries(ALLOWED).flatMap(([where, list]) =>
    list
      .filter(([quantity]) => !found.some((each) => each.where === where && each.quantity === quantity))
      .map(([quantity]) => `${where}: ${quantity}`),
  );
  expect(unused).toEqual([]);
});

test('the chapters cite their figures', () => {
  expect(pages().flatMap((page) => attributes(page, 'Source', 'id')).length).toBeGreaterThan(80);
});
