// One table, many readers: threads look at it; processes have to be sent it.
import { assert, machine, now, Process, pipe, print, Thread, us } from 'interleave';

machine({ cores: 4, costs: 'modern' });

const table = Array.from({ length: 2000 }, (_, i) => i);
const search = (rows: number[]) => {
  let found = 0;
  for (const row of rows) if (row % 1000 === 0) found++;
  return found;
};
const time = (query: () => void) => {
  const start = now();
  query();
  return (now() - start) / us(1);
};

const asThread = time(() => assert(new Thread(() => search(table)).join() === 2));

const [inbox, ask] = pipe<number[]>();
const [outbox, answer] = pipe<number>();
const server = new Process(() => {
  for (const rows of inbox) answer.write(search(rows));
});
inbox.close(); // else the child is never told that no more will come
const asProcess = time(() => {
  ask.write(table);
  assert(outbox.read() === 2);
});
ask.close();
server.kill();

print('a thread looks at the table:', asThread.toFixed(0), 'us');
print('a process is sent a copy:   ', asProcess.toFixed(0), 'us');
