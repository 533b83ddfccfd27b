/**
 * Pairs: a load and a store of the same place with nothing in between that could stop or run code of the reader's (`x++`, `x += 2`). Where both are known hits and the fuel lasts, they
 * are asked for together. Each is still charged by itself, before its own effect.
 */

/** Name of a temporary that says whether the store to come is known to be a hit: see `Unit.keyPair`. */
export type Pair = string;

/** Code in front of the load of a pair: asks for both. */
export const pairLoad = (pair: Pair, asks: string, load: string): string =>
  `/*pair*/${pair}=${asks},/*of*/${pair}||${load}`;

/** Code of the store's access. */
export const pairStore = (pair: Pair | undefined, store: string): string =>
  pair === undefined ? store : `/*of*/${pair}?$L.c($F):${store}`;

const PAIRS = /\/\*pair\*\/(\$\d+)=.*?,\/\*of\*\/\1\|\||\/\*of\*\/\$\d+\?\$L\.c\(\$F\):/gs;

/** Code with each access by itself. */
export const withoutPairs = (code: string): string =>
  code.includes('/*of*/') ? code.replace(PAIRS, '') : code;
