/** A value that changes as a whole, and those who want to know. Fits React's `useSyncExternalStore`. */
export class Store<State extends object> {
  private state: State;
  private readonly listeners = new Set<() => void>();

  constructor(state: State) {
    this.state = state;
  }

  /** The state now; the same object until something changes. */
  readonly get = (): State => this.state;

  /** Change some fields and tell everybody once. */
  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
    for (const listener of [...this.listeners]) listener();
  }

  /** Be told of every change. Returns how to stop being told. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
}
