// The editor asks a plug-in for a preview. The plug-in crashes. The editor does not.
import { compute, Process, pipe, poke, print, us } from 'interleave';

const preview = (file: string) => {
  const [reply, answer] = pipe();
  const plugIn = new Process(
    () => {
      compute(us(100));
      if (file === 'broken.png') poke(0, 1);
      answer.write(`a small ${file}`);
    },
    { name: 'plug-in' },
  );
  answer.close(); // keep only the reading end, or there is never an end of file
  const result = reply.read();
  const { signal } = plugIn.wait();
  return result ?? `no preview (${signal})`;
};

for (const file of ['cat.png', 'broken.png', 'dog.png']) print(file.padEnd(10), preview(file));
