// Three files from three disks, each waited for in turn.
import { io, machine, now, print, us } from 'interleave';

machine({ cores: 1, costs: 'free' });

const read = (disk: string) => {
  io(us(100), disk);
  print(disk, 'answered at', now() / us(1), 'µs');
};

read('disk 1');
read('disk 2');
read('disk 3');
