// The same three as threads on one core.
// The rude one can be as rude as it likes.
import { exit, machine, print, Thread, yieldThread } from 'interleave';

machine({ cores: 1 });

const polite = (name: string) =>
  new Thread(() => {
    for (let i = 0; i < 3; i++) {
      print(name, i);
      yieldThread();
    }
  });
const rude = new Thread(() => {
  while (true) {}
});
rude.detach();

for (const thread of [polite('a'), polite('b')]) thread.join();
print('done, and the rude thread is still at it');
exit(0);
