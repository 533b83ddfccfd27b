/**
 * The machine's only source of chance: `sfc32`, a small fast counter generator (Doty-Humphrey, PractRand). The same seed gives the same
 * numbers on every computer.
 */
export class Random {
  /** Three numbers that are mixed, and a counter. */
  private readonly state: Int32Array;

  constructor(seed: number) {
    this.state = Int32Array.of(0, Math.floor(seed / 0x1_0000_0000), seed, 1);
    for (let i = 0; i < 12; i++) this.bits();
  }

  /** 32 random bits, as an unsigned integer. */
  bits(): number {
    const { state } = this;
    const b = state[1] as number;
    const c = state[2] as number;
    const counter = state[3] as number;
    const sum = ((state[0] as number) + b + counter) | 0;
    state[0] = b ^ (b >>> 9);
    state[1] = c + (c << 3);
    state[2] = ((c << 21) | (c >>> 11)) + sum;
    state[3] = counter + 1;
    return sum >>> 0;
  }

  /** In [0, 1), 53 bits. */
  next(): number {
    return (this.bits() * 0x20_0000 + (this.bits() >>> 11)) / 0x20_0000_0000_0000;
  }

  /** An integer in [0, bound). */
  below(bound: number): number {
    return Math.floor(this.next() * bound);
  }
}
