// A thread writes to the log. Meanwhile its process forks,
// and the child wants to write to the log as well.
import { exit, fork, Mutex, machine, ms, print, sleep, Thread, waitpid } from 'interleave';

machine({ cores: 1 });

const log = new Mutex('the log');

new Thread(
  () => {
    log.lock();
    sleep(ms(2)); // the disk is slow
    log.unlock();
  },
  { name: 'writer' },
);

sleep(ms(1));
if (fork() === 0) {
  log.lock(); // held by the writer, and this process has no writer
  print('the child has the log');
  exit(0);
}

log.lock();
print('the parent has the log');
log.unlock();
waitpid();
