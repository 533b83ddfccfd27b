// `using` hangs the knife back at the end of the block, however the block ends.
import { Mutex, print, Thread } from 'interleave';

const knife = new Mutex('knife');

const chop = (name: string, carrots: number) => {
  try {
    using _ = knife.hold();
    if (carrots === 0) throw new Error('nothing to chop');
    print(name, 'chopped', carrots);
  } catch (error) {
    print(name, 'gave up:', (error as Error).message);
  }
};

const ann = new Thread(() => chop('Ann', 0), { name: 'Ann' });
ann.join();
const ben = new Thread(() => chop('Ben', 5), { name: 'Ben' });
ben.join();
print('dinner is ready');
