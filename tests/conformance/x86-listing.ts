/**
 * Listings of the oracle's little machine, written as snippets: each instruction burns one tick of CPU and then has its
 * effect at once; registers are a thread's own, memory is shared.
 */

/** A register, or a number. */
export type Source = string | number;
/** A place in memory: a number, or registers and what to add to them. */
export type Address =
  | number
  | { readonly disp: number; readonly base: string; readonly index?: string; readonly scale?: number };
/** One instruction and its operands. */
export type Op = readonly [name: string, ...operands: (Source | Address)[]];

/** One instruction of the oracle, in virtual nanoseconds. */
export const TICK = 1000;

/** A listing and how to run it. */
export interface Listing {
  readonly ops: readonly Op[];
  /** Registers of each thread that do not begin at 0. */
  readonly initRegs: readonly Readonly<Record<string, number>>[];
  readonly initMem: number;
  readonly watchMem: readonly number[];
  readonly watchRegs: readonly string[];
}

/** When threads are switched: every so many instructions, or by a list of threads, one for each instruction. */
export type Timing = { readonly interval: number } | { readonly schedule: string };

const RELATIONS: Readonly<Record<string, string>> = {
  jeq: '===',
  jne: '!==',
  jgt: '>',
  jge: '>=',
  jlt: '<',
  jle: '<=',
};

const source = (operand: unknown) => (typeof operand === 'number' ? String(operand) : `r.${operand}`);

function addressOf(operand: unknown): string {
  if (typeof operand === 'number') return String(operand);
  const { disp, base, index, scale = 1 } = operand as Exclude<Address, number>;
  return `${disp} + r.${base}${index ? ` + ${scale} * r.${index}` : ''}`;
}

/** What an instruction does when `pc` already says that the next one follows. */
function effect([name, a, b]: Op): string {
  switch (name) {
    case 'load':
      return `r.${a} = at(${addressOf(b)});`;
    case 'store':
      return `memory[${addressOf(b)}] = ${source(a)};`;
    case 'mov':
      return `r.${a} = ${source(b)};`;
    case 'add':
      return `r.${a} += ${source(b)};`;
    case 'sub':
      return `r.${a} -= ${source(b)};`;
    case 'neg':
      return `r.${a} = 0 - r.${a};`;
    case 'cmp':
      return `left = r.${a}; right = ${source(b)};`;
    case 'jmp':
      return `pc = ${a};`;
    case 'xchg':
      return `{ const old = at(${addressOf(b)}); memory[${addressOf(b)}] = r.${a}; r.${a} = old; }`;
    case 'fadd':
      return `{ const old = at(${addressOf(b)}); memory[${addressOf(b)}] = old + r.${a}; r.${a} = old; }`;
    case 'yield':
    case 'halt':
      return '';
    default:
      return `if (left ${RELATIONS[name]} right) pc = ${a};`;
  }
}

/** The policy that switches as the oracle does. Its threads are numbered from 0; the machine's first two are 1 (main) and 2. */
function policy(timing: Timing): object {
  const always = { name: 'rr', timer: 'periodic', yieldRestartsTimer: true };
  if ('interval' in timing) return { ...always, quantum: timing.interval * TICK };
  return { ...always, quantum: TICK, turns: [...timing.schedule].map((thread) => Number(thread) + 2) };
}

/** The snippet of a listing. It prints one line for each instruction: the thread, the pc, memory and registers after it. */
export function snippetOf({ ops, initRegs, initMem, watchMem, watchRegs }: Listing, timing: Timing): string {
  const names = new Set(watchRegs);
  for (const operand of ops.flatMap(([, ...operands]) => operands)) {
    if (typeof operand === 'string') names.add(operand);
    if (typeof operand === 'object') for (const it of [operand.base, operand.index]) if (it) names.add(it);
  }
  const registers = Object.fromEntries([...names].map((name) => [name, 0]));
  const watched = [...watchMem.map((address) => `at(${address})`), ...watchRegs.map((name) => `r.${name}`)];
  return [
    `import { compute, machine, print, Thread, yieldThread } from 'interleave';`,
    `machine({ cores: 1, costs: 'free', policy: ${JSON.stringify(policy(timing))} });`,
    `const memory: Record<number, number> = {};`,
    `const at = (address: number) => memory[address] ?? ${initMem};`,
    `const listing = (id: number, r: Record<string, number>) => () => {`,
    `  let left = 0, right = 0;`,
    `  for (let pc = 0; ; ) {`,
    `    compute(${TICK});`,
    `    const here = pc++;`,
    `    switch (here) {`,
    ...ops.map((op, pc) => `      case ${pc}: ${effect(op)} break;`),
    `    }`,
    `    print(JSON.stringify([id, here, ${watched.join(', ')}]));`,
    ...ops.flatMap(([name], pc) => (name === 'halt' ? [`    if (here === ${pc}) return;`] : [])),
    ...ops.flatMap(([name], pc) => (name === 'yield' ? [`    if (here === ${pc}) yieldThread();`] : [])),
    `  }`,
    `};`,
    ...initRegs.map((own, id) => `new Thread(listing(${id}, ${JSON.stringify({ ...registers, ...own })}));`),
  ].join('\n');
}
