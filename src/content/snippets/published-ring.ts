// A token goes round a ring of processes, each of which goes through its memory: lmbench's context switch.
import { machine, malloc, now, Process, pipe, poke, print } from 'interleave';

machine({ cores: 1, costs: 'p6-1995', quantum: 100_000_000 });

const members = 8;
const kibibytes = 32;
const line = 32;
const turns = 6;
const bytes = kibibytes * 1024;
const block = malloc(Math.max(8, bytes));
const pipes = Array.from({ length: members }, () => pipe<number>());
const send = (k: number) => pipes[k]?.[1].write(1);
const receive = (k: number) => pipes[k]?.[0].read();

const sweep = () => {
  for (let i = 0; i < bytes; i += line) poke(block + i, 1);
};

// The same work and the same calls without a switch.
sweep();
let start = now();
for (let i = 0; i < turns * members; i++) {
  sweep();
  send(0);
  receive(0);
}
const alone = now() - start;

const others = Array.from(
  { length: members - 1 },
  (_, k) =>
    new Process(() => {
      sweep();
      for (;;) {
        receive(k);
        sweep();
        send(k + 1);
      }
    }),
);

send(0);
sweep();
receive(members - 1);
start = now();
for (let i = 0; i < turns; i++) {
  send(0);
  receive(members - 1);
  sweep();
}
print(
  `switch among ${members} of ${kibibytes} KiB:`,
  Math.round((now() - start - alone) / turns / members),
  'ns',
);
for (const other of others) other.kill();
