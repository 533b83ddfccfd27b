// Send 64 KiB to a neighbour: as one message through a pipe, or as words on a shared page.
import { assert, machine, now, pipe, print, SharedMemory, us } from 'interleave';

machine({ cores: 1, costs: 'modern' });

const WORDS = 8192;
const letter = 'x'.repeat(WORDS * 8);

const time = (send: () => void) => {
  const start = now();
  send();
  return (now() - start) / us(1);
};

const [reader, writer] = pipe(2 * WORDS * 8);
const byPipe = time(() => writer.write(letter)) + time(() => reader.read());

const page = new SharedMemory('page', WORDS);
const byMemory = time(() => page.set(0, 1)) + time(() => page.get(0)); // the data is there already

print('64 KiB by pipe:       ', byPipe.toFixed(1), 'us');
print('64 KiB already shared:', byMemory.toFixed(3), 'us');
assert(byMemory < byPipe, 'nothing is faster than not copying');
