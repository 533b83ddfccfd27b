// A key is loaded after a process was forked. Who can read it?
import { malloc, Process, peek, pipe, poke, print, Thread } from 'interleave';

const place = malloc(8);
const [inbox, start] = pipe<string>();

const parserProcess = new Process(() => {
  inbox.read(); // waits until the key has been loaded, in the parent
  print('a parser in a process of its own reads', peek(place));
});

poke(place, 4711); // the key
start.write('go');
parserProcess.wait();

const parserThread = new Thread(() => {
  print('a parser in a thread reads', peek(place));
});
parserThread.join();
