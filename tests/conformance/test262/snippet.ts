import type { SuiteTest } from './suite.ts';
export async function runSnippet(_checkout: string, _test: SuiteTest): Promise<string | null> {
  return 'todo';
}
