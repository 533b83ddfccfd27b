import { expect, test } from 'vitest';
import { withRuntime } from '../../../src/components/site/build/few-requests.ts';

const runtime = 'var e=1,t=(a)=>a+e,n=()=>0;export{n,t as r};';

test('what chunks share is written into the one that a first Run waits for', () => {
  const chunk = 'import{n,r as e}from"./rolldown-runtime.4tVx.js";export const three=e(2)+n();';
  const text = withRuntime(chunk, runtime);
  expect(text).not.toContain('import');
  expect(new Function(`${text.replace('export const three=', 'return ')}`)()).toBe(3);
});

test('a chunk without that import stays as it is', () => {
  expect(withRuntime('export const a=1;', runtime)).toBe('export const a=1;');
});

test('a runtime of another form is told', () => {
  expect(() => withRuntime('', 'module.exports = {}')).toThrow('adapt few-requests.ts');
});
