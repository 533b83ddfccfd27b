// Seen from inside, the container is a machine of its own.
// Seen from outside, it is a process like others.
import { Container, getpid, machine, ms, Process, print, processes, sleep } from 'interleave';

machine({ cores: 1 });

const box = new Container({ name: 'box', privatePids: true });

const boxed = new Process(
  () => {
    const count = processes().length;
    print('inside:  I am process', getpid(), 'and I see', count, 'process');
    sleep(ms(2));
  },
  { name: 'boxed', container: box },
);
const neighbour = new Process(() => sleep(ms(2)), { name: 'neighbour' });

sleep(ms(1));
const count = processes().length;
print('outside: it is process', boxed.pid, 'and I see', count, 'processes');
boxed.wait();
neighbour.wait();
