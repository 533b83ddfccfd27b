/** A thread and what it waits for: the part of the explorer's report that the picture needs. */
export interface WaitingThread {
  readonly tid: number;
  readonly name: string;
  readonly object: string;
  readonly line: number;
  readonly heldBy: readonly number[];
}

/** A thread in the picture: where it stands on the ring. */
export interface WaitNode {
  readonly tid: number;
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

/** An arrow from one who waits to one who holds, with what it is about. */
export interface WaitEdge {
  readonly from: WaitNode;
  readonly to: WaitNode;
  readonly object: string;
}

/** The wait-for graph as a ring of threads and the arrows between them, in a square of side 1. */
export function waitGraph(waiting: readonly WaitingThread[]): { nodes: WaitNode[]; edges: WaitEdge[] } {
  const names = new Map(waiting.map(({ tid, name }) => [tid, name || `thread ${tid}`]));
  for (const { heldBy } of waiting) {
    for (const tid of heldBy) if (!names.has(tid)) names.set(tid, `thread ${tid}`);
  }
  const nodes = [...names].map(([tid, name], index): WaitNode => {
    const angle = (2 * Math.PI * index) / names.size - Math.PI / 2;
    return { tid, name, x: 0.5 + 0.35 * Math.cos(angle), y: 0.5 + 0.35 * Math.sin(angle) };
  });
  const nodeOf = (tid: number) => nodes.find((node) => node.tid === tid) as WaitNode;
  const edges = waiting.flatMap(({ tid, object, heldBy }) =>
    heldBy.map((holder) => ({ from: nodeOf(tid), to: nodeOf(holder), object })),
  );
  return { nodes, edges };
}

/** The same in words, one line a thread. */
export function describeWaiting({ name, tid, object, line, heldBy }: WaitingThread): string {
  const holders = heldBy.map((holder) => `thread ${holder}`).join(' and ');
  const at = line > 0 ? ` at line ${line}` : '';
  return `${name || `thread ${tid}`} waits for ${object}${at}${holders ? `, which ${holders} holds` : ''}.`;
}
