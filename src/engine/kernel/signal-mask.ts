/** The signals that a thread holds back. Most threads hold back none and need no set. */
export class SignalMask {
  private signals: Set<string> | null = null;

  has(signal: string): boolean {
    return this.signals?.has(signal) ?? false;
  }

  add(signal: string): void {
    this.signals ??= new Set();
    this.signals.add(signal);
  }

  delete(signal: string): void {
    this.signals?.delete(signal);
  }

  /** Holds back what the other does, too. */
  addAll(other: SignalMask): void {
    if (other.signals !== null) for (const signal of other.signals) this.add(signal);
  }
}
