// One call, two returns: the parent gets the child's number, the child gets 0.
import { exit, fork, getpid, getppid, print, waitpid } from 'interleave';

let pot = 'empty';
const answer = fork();

if (answer === 0) {
  pot = 'soup';
  print('child ', getpid(), 'of parent', getppid(), 'has a pot of', pot);
  exit(0);
}

waitpid(answer);
print('parent', getpid(), 'of child', answer, 'has a pot that is', pot);
