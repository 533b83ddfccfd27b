import { areDependent, type Step } from './dependence.ts';

/** A node of a wakeup tree: a step that has to be taken here, and what has to follow it. */
export interface WakeupNode {
  readonly step: Step;
  /** In the order in which they are taken. None: whatever follows is free. */
  readonly children: WakeupNode[];
}

/**
 * Make sure that one of the branches, once explored, covers the sequence `steps`: follow the leftmost branch that agrees with it up
 * to the order of independent steps, and add what is missing there. Consumes `steps`. (Abdulla, Aronis, Jonsson and Sagonas,
 * "Optimal dynamic partial order reduction", POPL 2014, section 5.)
 */
export function insert(branches: WakeupNode[], steps: Step[]): void {
  let level = branches;
  while (steps.length > 0) {
    const next = level.find((node) => takeWeakInitial(node.step, steps));
    if (!next) {
      append(level, steps);
      return;
    }
    if (next.children.length === 0) return;
    level = next.children;
  }
}

/**
 * Can the sequence begin with `step`, either because it is one of its steps that depends on none before it, or because it depends
 * on none at all? If so, it is taken out of the sequence.
 */
export function takeWeakInitial(step: Step, steps: Step[]): boolean {
  for (let i = 0; i < steps.length; i++) {
    const other = steps[i] as Step;
    if (other.process === step.process) {
      steps.splice(i, 1);
      return true;
    }
    if (areDependent(step, other)) return false;
  }
  return true;
}

function append(level: WakeupNode[], steps: Step[]): void {
  let children = level;
  for (const step of steps) {
    const node: WakeupNode = { step, children: [] };
    children.push(node);
    children = node.children;
  }
}
