/** A command line or a file that cannot be used: the terminal prints the message and exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `sim: run a snippet on the simulated machine

  sim run FILE.ts      [--cores N] [--policy P] [--quantum D] [--seed N] [--costs PROFILE] [--limit D] [--json]
  sim explore FILE.ts  [--strategy dpor|all|random|pct] [--preemptions N] [--max N] [--steps N] [--seed N]
                       [--races] [--memory sc|tso] [--spurious] [--json]
  sim replay FILE.ts   --schedule S [--json]
  sim trace FILE.ts    --out T.json [the options of run]

N is a whole number. D is a duration: 500 (nanoseconds), 500ns, 10us, 5ms, 2s.
P is one of fifo sjf stcf rr priority lottery mlfq fair; PROFILE one of modern xeon-2007 p6-1995 free.
What is set here wins over what the file asks for with machine({...}).

Exit codes: 0 all went well (explore: no schedule fails), 1 the program failed (explore: some schedule fails),
2 usage, a file that cannot be read, or source that does not compile.
`;
