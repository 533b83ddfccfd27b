// The same address in two processes is two places.
import { addressOf, assert, exit, fork, print, waitpid } from 'interleave';

let secret = 41;
const before = addressOf(secret);

const look = (who: string) => {
  print(who, 'has', secret);
  assert(addressOf(secret) === before, 'the address is the same');
};

const pid = fork();
if (pid === 0) {
  secret++;
  look('the child');
  exit(0);
}

waitpid(pid);
look('the parent');
