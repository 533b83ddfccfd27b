// One large table: a new thread looks a row up in it;
// a waiting process has to be sent it.
import { assert, machine, now, Process, pipe, print, Thread, us } from 'interleave';

machine({ cores: 2, costs: 'modern' });

const table = Array.from({ length: 50_000 }, (_, i) => 2 * i);
const lookUp = (rows: number[]) => rows[12_345];

const [inbox, ask] = pipe<number[]>(1_000_000); // bytes
const [outbox, answer] = pipe<number>();
const server = new Process(() => {
  for (const rows of inbox) answer.write(lookUp(rows));
});

const time = (query: () => number | null) => {
  const start = now();
  assert(query() === 24_690);
  return Math.round((now() - start) / us(1));
};

const byThread = time(() => new Thread(() => lookUp(table)).join());
const byProcess = time(() => {
  ask.write(table);
  return outbox.read();
});
server.kill();

print('a thread looks into the table:', byThread, 'us');
print('a process is sent a copy:     ', byProcess, 'us');
