// A test that runs a racy program a hundred times.
import { machine, print, Thread } from 'interleave';

machine({ cores: 1 });

let counter = 0;

const work = () => {
  counter++;
};

let failures = 0;
for (let round = 0; round < 100; round++) {
  counter = 0;
  const ann = new Thread(work);
  const ben = new Thread(work);
  ann.join();
  ben.join();
  if (counter !== 2) failures++;
}

print('failures in 100 rounds:', failures);
