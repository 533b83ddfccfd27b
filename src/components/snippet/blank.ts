/** The program that an empty playground starts with. Links to the playground hold the difference from it. */
export const blankSource = `import { print } from 'interleave';

print('hello');`;

/** The id of the playground's snippet, and the start of every link into it. */
export const playgroundId = 'snippet-playground';
