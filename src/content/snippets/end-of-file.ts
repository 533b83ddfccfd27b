// A child inherits open files. The file is at its end only when every writer has closed it.
import { machine, Process, pipe, print } from 'interleave';

machine({ cores: 1 });

const [reader, writer] = pipe();

const child = new Process(() => {
  writer.close(); // the child's own copy of the writing end
  for (const line of reader) print('child reads', line);
  print('child sees the end of the file');
});

writer.write('one');
writer.write('two');
writer.close(); // leave this out and the child waits for ever
child.wait();
