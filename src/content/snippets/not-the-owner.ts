// Ann locks. Can Ben unlock?
import { Mutex, print, Semaphore, Thread } from 'interleave';

const key = new Mutex('key');
const permit = new Semaphore(1);

key.lock();
permit.acquire();

const ben = new Thread(() => {
  permit.release();
  print('semaphore: released by somebody else');
  try {
    key.unlock();
    print('mutex: unlocked by somebody else');
  } catch (error) {
    print('mutex:', (error as Error).name);
  }
});
ben.join();
