import { describe, expect, test } from 'vitest';
import { runSnippet } from '../../conformance/run-snippet.ts';

const lines = (source: string) => runSnippet(source).lines;

describe('promises', () => {
  test('reactions run after the code that settles the promise, in order of registration', () => {
    const source = `
      const p = Promise.resolve('a');
      p.then((v) => console.log('first', v));
      p.then((v) => console.log('second', v));
      console.log('main');`;
    expect(lines(source)).toEqual(['main', 'first a', 'second a']);
  });

  test('a reaction may be suspended anywhere and gives its value all the same', () => {
    const source = `
      let total = 0;
      const sum = () => { for (let i = 0; i < 5000; i++) total += i; return total; };
      Promise.resolve().then(sum).then((value) => console.log(value));`;
    expect(lines(source)).toEqual(['12497500']);
  });

  test('a promise returned by an async function takes three turns to follow', () => {
    const source = `
      (async () => Promise.resolve())().then(() => console.log('returned promise'));
      Promise.resolve().then(() => console.log(1)).then(() => console.log(2)).then(() => console.log(3));`;
    expect(lines(source)).toEqual(['1', '2', 'returned promise', '3']);
  });

  test('subclasses make their own kind', () => {
    const source = `
      class Mine extends Promise { get mine() { return true; } }
      console.log(new Mine((r) => r(1)).then(() => 2).mine, Mine.resolve(1).finally(() => {}).mine,
        Mine.all([]) instanceof Mine, new Mine(() => {}) instanceof Promise);`;
    expect(lines(source)).toEqual(['true true true true']);
  });

  test('combinators answer as the language says', () => {
    const source = `
      const no = Promise.reject(new Error('no'));
      Promise.all([1, Promise.resolve(2)]).then((v) => console.log('all', v));
      Promise.all([1, no]).catch((e) => console.log('all', e.message));
      Promise.allSettled([1, no]).then((v) => console.log(v[0].status, v[1].status));
      Promise.any([no, 3]).then((v) => console.log('any', v));
      Promise.any([no]).catch((e) => console.log(e.constructor.name, e.errors.length));
      Promise.race([new Promise(() => {}), 4]).then((v) => console.log('race', v));`;
    expect([...lines(source)].sort()).toEqual(
      ['AggregateError 1', 'all [ 1, 2 ]', 'all no', 'any 3', 'fulfilled rejected', 'race 4'].sort(),
    );
  });

  test('withResolvers and try', () => {
    const source = `
      const { promise, resolve } = Promise.withResolvers();
      promise.then((v) => console.log(v));
      resolve('later');
      Promise.try((a) => { throw a; }, 'thrown').catch((e) => console.log(e));`;
    expect(lines(source)).toEqual(['later', 'thrown']);
  });

  test('a rejection nobody handles ends the process after the microtasks', () => {
    const ending = runSnippet(`
      Promise.reject(new RangeError('lost'));
      Promise.resolve().then(() => console.log('microtask'));
      setTimeout(() => console.log('never'), 0);`);
    expect(ending.lines).toEqual(['microtask']);
    expect(ending.error).toBeInstanceOf(RangeError);
  });

  test('a rejection handled before the microtasks end is no error', () => {
    const ending = runSnippet(`
      const p = Promise.reject(new Error('lost'));
      queueMicrotask(() => p.catch((e) => console.log('caught', e.message)));`);
    expect(ending).toMatchObject({ failed: false, lines: ['caught lost'] });
  });

  test('a thenable is followed in a microtask of its own', () => {
    const source = `
      const thenable = { then(resolve) { console.log('then called'); resolve('value'); } };
      Promise.resolve(thenable).then((v) => console.log(v));
      console.log('main');`;
    expect(lines(source)).toEqual(['main', 'then called', 'value']);
  });

  test('a module that awaits what nothing settles fails', () => {
    const ending = runSnippet(`console.log('before'); await new Promise(() => {}); console.log('after');`);
    expect(ending.lines).toEqual(['before']);
    expect(String(ending.error)).toContain('awaits a promise');
  });

  test('await at the top level of a module', () => {
    const source = `
      console.log(await Promise.resolve(1));
      try { await Promise.reject(new Error('x')); } catch (e) { console.log(e.message); }`;
    expect(lines(source)).toEqual(['1', 'x']);
  });
});

describe('async generators', () => {
  test('requests are queued and answered in order', () => {
    const source = `
      async function* numbers() { yield 1; yield Promise.resolve(2); return 3; }
      const it = numbers();
      Promise.all([it.next(), it.next(), it.next(), it.next()]).then((all) => {
        for (const { value, done } of all) console.log(value, done);
      });`;
    expect(lines(source)).toEqual(['1 false', '2 false', '3 true', 'undefined true']);
  });

  test('leaving a for await loop runs the finally block', () => {
    const source = `
      async function* g() { try { yield 1; yield 2; } finally { await null; console.log('closed'); } }
      for await (const v of g()) { console.log(v); break; }
      console.log('after');`;
    expect(lines(source)).toEqual(['1', 'closed', 'after']);
  });

  test('yield* passes on values, errors and returns', () => {
    const source = `
      function* inner() { try { const got = yield 1; console.log('got', got); yield 2; } finally { console.log('inner ends'); } return 'r'; }
      function* outer() { const r = yield* inner(); console.log(r); }
      const a = outer(); a.next(); a.next('x'); a.next();
      const b = outer(); b.next(); console.log(b.return(7));
      async function* over() { yield* [Promise.resolve(1), 2]; }
      for await (const v of over()) console.log(v);`;
    expect(lines(source)).toEqual([
      'got x',
      'inner ends',
      'r',
      'inner ends',
      '{ value: 7, done: true }',
      '1',
      '2',
    ]);
  });
});
