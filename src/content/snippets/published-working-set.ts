// Two processes that go through their memory between switches: what a switch costs with the caches it empties.
import { machine, malloc, now, Process, pipe, poke, print } from 'interleave';

machine({ cores: 1, costs: 'xeon-2007', quantum: 100_000_000 });

const kibibytes = 256;
const stride = 128;
const line = 128;
const turns = 8;
const bytes = kibibytes * 1024;
const block = malloc(Math.max(8, bytes));

const sweep = () => {
  for (let first = 0; first < stride; first += line)
    for (let i = first; i < bytes; i += stride) poke(block + i, 1);
};

const [toChild, intoChild] = pipe<number>();
const [toParent, intoParent] = pipe<number>();

// The same work and the same calls without a switch.
sweep();
let start = now();
for (let i = 0; i < turns; i++) {
  for (let side = 0; side < 2; side++) {
    sweep();
    intoChild.write(1);
    toChild.read();
  }
}
const alone = now() - start;

const other = new Process(() => {
  sweep();
  for (;;) {
    toChild.read();
    sweep();
    intoParent.write(1);
  }
});

intoChild.write(1);
sweep();
toParent.read();
start = now();
for (let i = 0; i < turns; i++) {
  intoChild.write(1);
  sweep();
  toParent.read();
}
print(`switch with ${kibibytes} KiB each:`, Math.round((now() - start - alone) / turns / 2), 'ns');
other.kill();
