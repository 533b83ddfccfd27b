// The classic order puzzle.
import { print } from 'interleave';

print(1);
setTimeout(() => print(2), 0);
Promise.resolve()
  .then(() => print(3))
  .then(() => print(4));
print(5);
