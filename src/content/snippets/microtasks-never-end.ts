// A microtask that queues the next one, ten thousand times over.
import { print } from 'interleave';

let rounds = 0;
const again = () => {
  rounds++;
  if (rounds < 10_000) queueMicrotask(again);
};

setTimeout(() => print('the timer was due long ago; microtasks before it:', rounds), 0);
again();
