// A function that locks calls another function that locks the same thing.
import { Mutex, print } from 'interleave';

const pantry = new Mutex('pantry');
let eggs = 2;

const takeEgg = () => pantry.withLock(() => eggs--);

const makeOmelette = () =>
  pantry.withLock(() => {
    if (eggs >= 2) {
      takeEgg();
      takeEgg();
    }
  });

try {
  makeOmelette();
} catch (error) {
  print((error as Error).message);
}
print('eggs left:', eggs);
