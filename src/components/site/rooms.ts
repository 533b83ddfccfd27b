/** The parts of the site beside the chapters, in the order of the header. */
export const rooms = [
  { path: '/playground/', label: 'Playground' },
  { path: '/exercises/', label: 'Exercises' },
  { path: '/interview/', label: 'Interview' },
  { path: '/lab/', label: 'Lab' },
  { path: '/glossary/', label: 'Glossary' },
] as const;
