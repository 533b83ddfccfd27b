// The same three files: ask for all of them, then wait. One thread, one core.
import { ioAsync, machine, now, print, us } from 'interleave';

machine({ cores: 1, costs: 'free' });

const read = async (disk: string) => {
  await ioAsync(us(100), disk);
  print(disk, 'answered at', now() / us(1), 'µs');
};

await Promise.all([read('disk 1'), read('disk 2'), read('disk 3')]);
