import { print, Thread } from 'interleave';

let counter = 0;
const work = () => {
  for (let i = 0; i < 3; i++) counter++;
};
const a = new Thread(work);
const b = new Thread(work);
a.join();
b.join();
print(counter);
