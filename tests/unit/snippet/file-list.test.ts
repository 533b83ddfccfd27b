import { describe, expect, test } from 'vitest';
import { joined, nameFault, renamed, withFile, without } from '../../../src/components/snippet/file-list.ts';
import { filesOf } from '../../../src/engine/events.ts';

const two = withFile("import { a } from './part.ts';\nprint(a);", 'part.ts', 'export const a = 1;');
const names = (text: string) => filesOf(text).map(({ name }) => name);

describe('the files of a playground', () => {
  test('are one text, and what stands before the first mark is main.ts', () => {
    expect(names(two)).toEqual(['main.ts', 'part.ts']);
    expect(
      names(
        joined([
          { name: 'a.ts', content: '1\n' },
          { name: 'b.ts', content: '2' },
        ]),
      ),
    ).toEqual(['a.ts', 'b.ts']);
    expect(names('')).toEqual(['main.ts']);
  });

  test('are renamed with the imports of them', () => {
    const text = renamed(two, 'part.ts', 'piece.ts');
    expect(names(text)).toEqual(['main.ts', 'piece.ts']);
    expect(text).toContain("from './piece.ts'");
    expect(names(renamed(two, 'main.ts', 'start.ts'))).toEqual(['start.ts', 'part.ts']);
  });

  test('can be removed, the first one too', () => {
    expect(names(without(two, 'part.ts'))).toEqual(['main.ts']);
    expect(names(without(two, 'main.ts'))).toEqual(['part.ts']);
  });

  test('have names of their own that can be written in an import', () => {
    expect(nameFault(two, 'part.ts')).toMatch(/already/);
    expect(nameFault(two, '../x.ts')).toMatch(/named like/);
    expect(nameFault(two, 'piece.ts')).toBeNull();
  });
});
