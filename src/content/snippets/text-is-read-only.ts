// A process may read and run its code, and may not change it.
import { addressOf, Process, poke, print } from 'interleave';

const recipe = () => 'soup';

const scribbler = new Process(() => {
  print('the recipe says', recipe());
  poke(addressOf(recipe), 0);
  print('never printed');
});

print('the scribbler died of', scribbler.wait().signal);
print('the recipe still says', recipe());
