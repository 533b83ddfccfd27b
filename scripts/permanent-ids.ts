/**
 * `node scripts/permanent-ids.ts`: adds the ids that are new to src/content/permanent-ids.txt. Ids are promises to
 * people who linked to them: this never takes one away, and a test fails when one is gone from the book.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { ids, pages } from '../tests/lessons/book.ts';

const file = new URL('../src/content/permanent-ids.txt', import.meta.url);
const promised = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
const now = pages().flatMap((page) => ids(page).map((id) => `${page.slug}#${id}`));
writeFileSync(file, `${[...new Set([...promised, ...now])].sort().join('\n')}\n`);
