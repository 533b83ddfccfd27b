import { describe, expect, test } from 'vitest';
import { CompileError, compile, explore, start } from '../../../src/engine/index.ts';

function run(source: string): string[] {
  const started = start(compile(source));
  while (!started.advance(100_000));
  const { error } = started.report();
  return [...started.output.map(({ text }) => text), ...(error ? [`${error.message} ${error.line}`] : [])];
}

function refusalOf(source: string): CompileError {
  try {
    compile(source);
  } catch (error) {
    if (error instanceof CompileError) return error;
  }
  throw new Error('compiled');
}

const two = `import { print } from 'interleave';
import { salt } from './recipe.ts';
print('main', salt());
// @filename: recipe.ts
import { Thread, print } from 'interleave';
const grams = 3;
print('recipe');
export function salt() { return new Thread(() => grams).join(); }`;

describe('several files in one text', () => {
  test('run as one program, what is imported first', () => {
    expect(run(two)).toEqual(['recipe', 'main 3']);
  });

  test('keep their places: an error names the line of the whole text', () => {
    expect(run(two.replace('return new', 'throw new Error("off"); return new'))).toEqual([
      'recipe',
      'Error: off 8',
    ]);
  });

  test('can be explored', () => {
    const search = explore(compile(two));
    while (!search.advance(1000));
    expect(search.result()).toMatchObject({ complete: true, failures: [] });
  });

  test('may import each other', () => {
    const source = `// @filename: a.ts
import { print } from 'interleave';
import { b } from './b';
export const a = () => 'a';
print(b());
// @filename: b.ts
import { a } from './a';
export const b = () => a() + 'b';`;
    expect(run(source)).toEqual(['ab']);
  });

  test.each([
    [
      'a file that is not there',
      "import { x } from './y.ts';\n// @filename: z.ts\nexport const x = 1;",
      /no file y\.ts beside main\.ts/,
      1,
    ],
    [
      'a name that is not exported',
      "import { x } from './z.ts';\n// @filename: z.ts\nconst x = 1;",
      /z\.ts does not export x/,
      1,
    ],
    [
      'a name declared twice',
      'const x = 1;\n// @filename: z.ts\nconst x = 1;',
      /x is declared in main\.ts and in z\.ts/,
      3,
    ],
    ['a default export', 'print(1);\n// @filename: z.ts\nexport default 1;', /export by name/, 3],
    [
      'another name for an import',
      "import { x as y } from './z.ts';\n// @filename: z.ts\nexport const x = 1;",
      /under its own name/,
      1,
    ],
    [
      'two files of one name',
      'let a;\n// @filename: z.ts\nlet b;\n// @filename: z.ts\nlet c;',
      /two files named z\.ts/,
      1,
    ],
    ['a mistake in the second file', 'let a;\n// @filename: z.ts\nconst b = = 1;', /Unexpected token/, 3],
  ])('refuse %s', (_, source, message, line) => {
    const error = refusalOf(source);
    expect(error.message).toMatch(message);
    expect(error.line).toBe(line);
  });
});
