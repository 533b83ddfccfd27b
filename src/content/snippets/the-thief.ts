// Knowing an address in another process is worth nothing.
import { machine, mmap, ms, Process, peek, pipe, poke, print, sleep } from 'interleave';

machine({ cores: 1 });

const [reader, writer] = pipe<number>();

const owner = new Process(() => {
  const safe = mmap(4096);
  poke(safe, 1234);
  writer.write(safe); // tells the thief exactly where to look
  sleep(ms(1));
  print('the owner still has', peek(safe));
});

const thief = new Process(() => {
  print('the thief found', peek(reader.read()!));
});

print('the thief died of', thief.wait().signal);
owner.wait();
