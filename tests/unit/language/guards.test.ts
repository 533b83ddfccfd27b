import { describe, expect, test } from 'vitest';
import { compile, start } from '../../../src/engine/session.ts';
import { runSnippet } from '../../conformance/run-snippet.ts';

const LIMIT = 'RangeError: Out of memory';

describe('what would exhaust the real computer asks the simulated one first', () => {
  test.each([
    'new Array(1e9)',
    'Array(1e9)',
    'new Float64Array(1e9)',
    'new ArrayBuffer(4e9)',
    '"x".repeat(5e8)',
    '"x".padStart(5e8)',
    'const a = []; a.length = 1e8; a.fill(1)',
    'class Big extends Array {}; new Big(1e9)',
  ])('%s', (source) => {
    expect(String(runSnippet(source).error)).toContain(LIMIT);
  });

  test('a refusal can be caught and the program goes on', () => {
    const source =
      'try { new Array(1e9); } catch (e) { console.log(e instanceof RangeError); } console.log(new Array(9).length);';
    expect(runSnippet(source).lines).toEqual(['true', '9']);
  });

  test('so do many that are not huge', () => {
    const source =
      'let made = 0; try { while (true) { new Array(20_000); made++; } } catch (e) { console.log(e.name, made > 1000); }';
    const run = start(compile(source, { name: 'test.ts' }));
    while (!run.advance(1e6));
    expect(run.report().stdout.map(({ text }) => text)).toEqual(['RangeError true']);
  });

  test('small ones are not charged', () => {
    expect(runSnippet('console.log(new Array(3).fill(0), "ab".repeat(2), [1].concat([2]))').lines).toEqual([
      '[ 0, 0, 0 ] abab [ 1, 2 ]',
    ]);
  });

  test('a list of holes is not walked in one step', () => {
    expect(String(runSnippet('const a = []; a.length = 4e9; a.indexOf(1)').error)).toContain('too long');
  });
});
