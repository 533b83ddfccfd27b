// Recursion without end runs off its stack. Below the stack lies a page that nobody may touch.
import { Process, print } from 'interleave';

const descend = (depth: number): number => descend(depth + 1) + 1;

const diver = new Process(() => {
  descend(0);
});
const { code, signal } = diver.wait();

print('the diver ended with', signal ?? `exit code ${code}`);
