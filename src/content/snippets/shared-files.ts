// Open files belong to the process: one thread closes, all have lost it.
import { pipe, print, type SystemError, Thread } from 'interleave';

const [reader, writer] = pipe();

const tidy = new Thread(() => {
  writer.write('from the tidy thread');
  writer.close();
});
tidy.join();

try {
  writer.write('from the main thread');
} catch (error) {
  print('main thread:', (error as SystemError).code);
}
print('in the pipe:', reader.read(), 'then', reader.read());
