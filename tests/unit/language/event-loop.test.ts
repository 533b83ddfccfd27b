import { describe, expect, test } from 'vitest';
import { compile, start } from '../../../src/engine/session.ts';
import { runSnippet } from '../../conformance/run-snippet.ts';

const lines = (source: string) => runSnippet(source).lines;

describe('the event loop', () => {
  test('orders the main program, microtasks, immediates and timers', () => {
    const source = `
      setTimeout(() => console.log('timer'), 5);
      setImmediate(() => console.log('immediate'));
      queueMicrotask(() => console.log('microtask'));
      console.log('main');`;
    expect(lines(source)).toEqual(['main', 'microtask', 'immediate', 'timer']);
  });

  test('timers fire in order of their due time on the virtual clock', () => {
    const source = `
      const start = performance.now();
      for (const delay of [30, 10, 20]) setTimeout(() => console.log(delay, performance.now() - start), delay);`;
    expect(lines(source)).toEqual(['10 10', '20 20', '30 30']);
  });

  test('a line printed in a callback is not lost, however many cores there are', () => {
    const source = `
      setTimeout(() => console.log('first'), 0);
      for (let i = 0; i < 3; i++) Math.sqrt(i);
      setTimeout(() => { console.log('second'); console.log('third'); }, 1);`;
    for (const cores of [1, 2, 4]) {
      const run = start(compile(source, { name: 'test.ts' }), { cores });
      while (!run.advance(1e6));
      expect(run.report().stdout.map(({ text }) => text)).toEqual(['first', 'second', 'third']);
    }
  });

  test('microtasks run between two timers that are due together', () => {
    const source = `
      setTimeout(() => { console.log('a'); queueMicrotask(() => console.log('between')); }, 1);
      setTimeout(() => console.log('b'), 1);`;
    expect(lines(source)).toEqual(['a', 'between', 'b']);
  });

  test('a delay of 0, a negative one and none at all are 1 ms', () => {
    const source = `
      setTimeout(() => console.log('one'), 1);
      setTimeout(() => console.log('zero'), 0);
      setTimeout(() => console.log('negative'), -5);
      setTimeout((a, b) => console.log(a, b), undefined, 'none', 'args');`;
    expect(lines(source)).toEqual(['one', 'zero', 'negative', 'none args']);
  });

  test('immediates set by an immediate wait for the next turn', () => {
    const source = `
      setImmediate(() => { console.log(1); setImmediate(() => console.log(3)); });
      setImmediate(() => console.log(2));`;
    expect(lines(source)).toEqual(['1', '2', '3']);
  });

  test('cleared timers, intervals and immediates do not fire', () => {
    const source = `
      clearTimeout(setTimeout(() => console.log('timer'), 1));
      clearImmediate(setImmediate(() => console.log('immediate')));
      let turns = 0;
      const id = setInterval(() => { console.log('turn', ++turns); if (turns === 3) clearInterval(id); }, 4);`;
    expect(lines(source)).toEqual(['turn 1', 'turn 2', 'turn 3']);
  });

  test('an error in a callback ends the process', () => {
    const ending = runSnippet(`
      setTimeout(() => { throw new TypeError('in a timer'); }, 1);
      setTimeout(() => console.log('never'), 2);`);
    expect(ending.lines).toEqual([]);
    expect(ending.error).toBeInstanceOf(TypeError);
  });

  test('what is not a function is refused at once', () => {
    expect(String(runSnippet('setTimeout("code", 1)').error)).toContain('setTimeout needs a function');
  });
});
