// Writing to a pipe that nobody will ever read: the kernel sends a signal.
import { Process, pipe, print, type SystemError, signal } from 'interleave';

const [reader, writer] = pipe();
reader.close(); // the only reading end

const speaker = (prepared: boolean) =>
  new Process(() => {
    if (prepared) signal('SIGPIPE', 'ignore');
    try {
      writer.write('is anybody there?');
    } catch (error) {
      print('the prepared speaker got', (error as SystemError).code);
    }
  });

print('the first speaker died of', speaker(false).wait().signal);
print('the second left with code', speaker(true).wait().code);
