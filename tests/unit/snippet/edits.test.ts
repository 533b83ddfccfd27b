import { describe, expect, test } from 'vitest';
import { findEdit, hashOf, keepEdit } from '../../../src/components/snippet/edits.ts';

function cupboard(items: Record<string, string> = {}) {
  const map = new Map(Object.entries(items));
  return {
    map,
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
    removeItem: (key: string) => void map.delete(key),
  };
}

describe('an edit', () => {
  test('is found again for the text it was made from', () => {
    const kept = cupboard();
    expect(keepEdit(kept, 'a', 'original', 'mine')).toBe(true);
    expect(findEdit(kept, 'a', 'original')).toEqual({ kind: 'edit', text: 'mine' });
  });

  test('of a text that has changed since is stale', () => {
    const kept = cupboard();
    keepEdit(kept, 'a', 'original', 'mine');
    expect(findEdit(kept, 'a', 'newer')).toEqual({ kind: 'stale', text: 'mine' });
  });

  test('that equals the original is forgotten', () => {
    const kept = cupboard();
    keepEdit(kept, 'a', 'original', 'mine');
    keepEdit(kept, 'a', 'original', 'original');
    expect(kept.map.size).toBe(0);
  });

  test.each(['{', '17', '{"text":5}', 'null'])('that is corrupt (%s) counts as none', (stored) => {
    expect(findEdit(cupboard({ 'interleave.edit.a': stored }), 'a', 'original')).toEqual({ kind: 'none' });
  });

  test('cannot be kept where storage is blocked or full, and that is said', () => {
    const full = {
      ...cupboard(),
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    expect(keepEdit(full, 'a', 'original', 'mine')).toBe(false);
    expect(keepEdit(null, 'a', 'original', 'mine')).toBe(false);
    expect(findEdit(null, 'a', 'original')).toEqual({ kind: 'none' });
  });

  test('hashes tell texts apart', () => {
    expect(hashOf('let a = 0')).not.toBe(hashOf('let a = 1'));
  });
});
