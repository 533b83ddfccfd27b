/**
 * Counts the events after which what was true of an access need not be true any more: a translation or a line came or went, a thread was switched, an
 * epoch began. Within one era the same thread's second access of the same kind to the same word is a hit and is ordered like the first.
 */
export class Era {
  now = 0;
}
