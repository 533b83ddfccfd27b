import type { Step } from './dependence.ts';
import type { StepSequence } from './step-sequence.ts';

/** A node of a wakeup tree: a step that has to be taken here, and what has to follow it. */
export class WakeupNode {
  readonly step: Step;
  private known: WakeupNode[] | null = null;
  /** While there is one line of steps to follow, it is left as it was found: `line[at]` and on. */
  private readonly line: readonly Step[];
  private readonly at: number;

  constructor(line: readonly Step[], at: number) {
    this.step = line[at] as Step;
    this.line = line;
    this.at = at + 1;
  }

  /** Nothing has to follow: whatever does is free. */
  get isLeaf(): boolean {
    return this.known === null ? this.at >= this.line.length : this.known.length === 0;
  }

  /** In the order in which they are taken. */
  get children(): WakeupNode[] {
    this.known ??= this.at < this.line.length ? [new WakeupNode(this.line, this.at)] : [];
    return this.known;
  }
}

/**
 * Make sure that one of the branches, once explored, covers the sequence `steps`: follow the leftmost branch that agrees with it up
 * to the order of independent steps, and add what is missing there. Consumes `steps`. (Abdulla, Aronis, Jonsson and Sagonas,
 * "Optimal dynamic partial order reduction", POPL 2014, section 5.)
 */
export function insert(branches: WakeupNode[], steps: StepSequence): void {
  let level = branches;
  while (steps.length > 0) {
    const next = branchFor(level, steps);
    if (next === null) {
      level.push(new WakeupNode(steps.toArray(), 0));
      return;
    }
    if (next.isLeaf) return;
    level = next.children;
  }
}

/** The first branch with which the sequence can begin; its step is taken out of it. */
function branchFor(level: readonly WakeupNode[], steps: StepSequence): WakeupNode | null {
  for (let i = 0; i < level.length; i++) {
    const node = level[i] as WakeupNode;
    if (steps.begin(node.step)) return node;
  }
  return null;
}
