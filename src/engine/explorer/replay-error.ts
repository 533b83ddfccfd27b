/** The schedule asks for something the program cannot do. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}
