/** What a view or the code points at; every view marks the same thing. A part that is empty points at nothing. */
export interface Pointed {
  /** Line of the source, 1-based; 0 for none. */
  readonly line: number;
  /** Thread; 0 for none. */
  readonly tid: number;
  /** A variable as `variableKey` writes it; empty for none. */
  readonly variable: string;
  /** One event of the trace, where that is what is meant, and not all that the thread or the line does. */
  readonly event?: number;
  /** The code points at itself: it needs no further mark. */
  readonly isInCode?: boolean;
}

/** A thing to point at, by the parts that are known of it; null where nothing is known. */
export function pointAt({ line = 0, tid = 0, variable = '', event = -1 }: Partial<Pointed>): Pointed | null {
  if (line <= 0 && tid <= 0 && variable === '') return null;
  return { line, tid, variable, ...(event >= 0 && { event }) };
}

/** The same place in memory: addresses mean something only within their process. */
export const variableKey = (pid: number, address: number): string => `${pid} ${address}`;

/**
 * Is this what is pointed at? A variable is marked by its own name alone, a thread by its number alone; a line where
 * nothing else is pointed at.
 */
export function isPointed(pointed: Pointed | null, { line, tid, variable }: Partial<Pointed>): boolean {
  if (!pointed) return false;
  if (pointed.variable !== '') return pointed.variable === variable;
  if (pointed.tid > 0) return pointed.tid === tid;
  return pointed.line > 0 && pointed.line === line;
}

/** The same thing, part by part. */
export const isSame = (one: Pointed | null, other: Pointed | null): boolean =>
  one === other ||
  (one !== null &&
    other !== null &&
    one.line === other.line &&
    one.tid === other.tid &&
    one.event === other.event &&
    one.variable === other.variable);
