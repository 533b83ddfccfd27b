/** The parser as a script of its own: evaluated in a worker that has to compile or to search. */
import { parse } from '@babel/parser';

Object.defineProperty(globalThis, 'interleaveParse', { value: parse });
