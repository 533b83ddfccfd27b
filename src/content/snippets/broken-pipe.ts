// Writing to a pipe that nobody will read: the kernel sends a signal.
import { Process, pipe, print, type SystemError, signal } from 'interleave';

const [reader, writer] = pipe();

const deaf = (polite: boolean) =>
  new Process(() => {
    if (polite) signal('SIGPIPE', 'ignore');
    reader.close();
    try {
      writer.write('is anybody there?');
    } catch (error) {
      print('the polite writer got', (error as SystemError).code);
    }
  });

reader.close();
print('the first writer died of', deaf(false).wait().signal);
print('the second left with code', deaf(true).wait().code);
