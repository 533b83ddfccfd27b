import { createHash } from 'node:crypto';

/** A short name for a text that changes when the text does. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10);
