/** What the shapes of the timeline mean, each drawn as it is there. */
export function Legend() {
  return (
    <ul className="view-legend">
      {signs.map(({ words, shape }) => (
        <li key={words}>
          <svg viewBox="0 0 24 14" width="24" height="14" aria-hidden="true">
            {shape}
          </svg>
          {words}
        </li>
      ))}
    </ul>
  );
}

const hue = 'var(--process-1-thread-1)';

const signs = [
  { words: 'runs', shape: <rect y="1" width="24" height="12" fill={hue} /> },
  { words: 'ready', shape: <rect y="4" width="24" height="6" fill={hue} opacity="0.4" /> },
  { words: 'waits', shape: <path d="M0 7h24" stroke="var(--kernel)" strokeWidth="1.5" /> },
  {
    words: 'sleeps',
    shape: <path d="M0 7h24" stroke="var(--kernel)" strokeWidth="1.5" strokeDasharray="2 4" />,
  },
  { words: 'overhead', shape: <rect y="8" width="24" height="5" fill="var(--overhead)" /> },
  { words: 'holds a lock', shape: <rect y="11" width="24" height="2" fill="var(--ink-strong)" /> },
  {
    words: 'wakes',
    shape: <path d="M12 0v12M12 14l-3-6h6z" stroke="var(--ink-soft)" fill="var(--ink-soft)" />,
  },
  { words: 'prints', shape: <path d="M9 4h6v6H9z" className="view-sign" /> },
  { words: 'sends', shape: <path d="M8 10l4-8 4 8z" className="view-sign" /> },
  { words: 'receives', shape: <path d="M8 4l4 8 4-8z" className="view-sign" /> },
];
