// The same address in two processes is two places.
import { addressOf, assert, exit, fork, print, waitpid } from 'interleave';

let secret = 41;
const before = addressOf(secret);
const pid = fork();

if (pid === 0) {
  secret++;
  print('child  has', secret);
  assert(addressOf(secret) === before, 'the address is the same');
  exit(0);
}

waitpid(pid);
print('parent has', secret);
assert(addressOf(secret) === before, 'the address is the same');
