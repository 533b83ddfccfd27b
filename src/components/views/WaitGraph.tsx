import { useId } from 'react';
import { hueOf } from './cast.ts';
import { describeWaiting, type WaitingThread, waitGraph } from './wait-graph.ts';

const side = 260;

/** Who waits for whom: a ring of threads with arrows, and the same as a list. */
export function WaitGraph({ waiting }: { readonly waiting: readonly WaitingThread[] }) {
  const { nodes, edges } = waitGraph(waiting);
  const arrow = useId();
  return (
    <div className="view-waiting">
      <svg viewBox={`0 0 ${side} ${side}`} width={side} height={side} aria-hidden="true">
        <defs>
          <marker
            id={arrow}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="7"
            markerHeight="7"
            orient="auto"
          >
            <path d="M0 0 8 4 0 8z" fill="currentColor" />
          </marker>
        </defs>
        {edges.map(({ from, to, object }) => {
          const [x1, y1, x2, y2] = [from.x, from.y, to.x, to.y].map((part) => part * side) as [
            number,
            number,
            number,
            number,
          ];
          const [dx, dy] = [x2 - x1, y2 - y1];
          const length = Math.hypot(dx, dy) || 1;
          const bend = 18;
          const middle = { x: (x1 + x2) / 2 - (dy / length) * bend, y: (y1 + y2) / 2 + (dx / length) * bend };
          const end = { x: x2 - (dx / length) * 26, y: y2 - (dy / length) * 26 };
          return (
            <g key={`${from.tid} ${to.tid} ${object}`}>
              <path
                d={`M${x1} ${y1}Q${middle.x} ${middle.y} ${end.x} ${end.y}`}
                fill="none"
                stroke="currentColor"
                strokeWidth="1.5"
                markerEnd={`url(#${arrow})`}
              />
              <text x={middle.x} y={middle.y} textAnchor="middle">
                {object}
              </text>
            </g>
          );
        })}
        {nodes.map(({ tid, name, x, y }) => (
          <g key={tid}>
            <circle
              cx={x * side}
              cy={y * side}
              r="22"
              fill="var(--paper-raised)"
              stroke={hueOf(1, tid - 1)}
              strokeWidth="3"
            />
            <text x={x * side} y={y * side + 4} textAnchor="middle">
              {name.replace('thread ', 't')}
            </text>
          </g>
        ))}
      </svg>
      <ul>
        {waiting.map((thread) => (
          <li key={thread.tid}>{describeWaiting(thread)}</li>
        ))}
      </ul>
    </div>
  );
}
