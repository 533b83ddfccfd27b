// SIGTERM asks. SIGKILL does not.
import { exit, machine, ms, Process, print, signal, sleep } from 'interleave';

machine({ cores: 1 });

const server = (name: string) =>
  new Process(() => {
    signal('SIGTERM', () => {
      print(name, 'saves its work and leaves');
      exit(0);
    });
    sleep(ms(100));
  });

const asked = server('the one that was asked');
const killed = server('the one that was killed');
sleep(ms(1));

asked.kill('SIGTERM');
killed.kill('SIGKILL');
const polite = asked.wait();
const hard = killed.wait();
print('asked:  code', polite.code, 'signal', polite.signal);
print('killed: code', hard.code, 'signal', hard.signal);
