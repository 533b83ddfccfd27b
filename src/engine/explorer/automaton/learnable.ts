import type { Program } from '../../language/index.ts';
import type { Names } from '../names.ts';

/** Names of what the trees of threads have no place for: several processes, signals, what comes from outside. */
const FOREIGN =
  /\b(fork|Process|exec|waitpid|exit|kill|alarm|blockSignals|Pipe|pipe|Socket|Listener|MessageQueue|SharedMemory|mmap|poll|detach|onReadable|Fiber)\s*\(|\b(delete|Proxy|async|yield|WeakRef)\b/;

/** May the lives of a program's threads be learnt at all? What cannot be seen here shows when it happens. */
export function isLearnable({ source }: Program, { loops, isTso, wakesSpuriously }: Names): boolean {
  return !isTso && !wakesSpuriously && !loops.some((loop) => loop >= 0) && !FOREIGN.test(source);
}
