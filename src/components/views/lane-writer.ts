import type { Lane } from './lanes.ts';

/** Stretches a lane has room for at first. */
const firstRoom = 64;

/**
 * A lane while it grows. Its columns are typed arrays: a million stretches in ordinary arrays would be gone through by every
 * collection of garbage, and the page would stand still for as long.
 */
export class LaneWriter {
  private readonly kind: Lane['kind'];
  readonly id: number;
  private readonly label: string;
  private starts = new Float64Array(firstRoom);
  private ends = new Float64Array(firstRoom);
  private states = new Uint8Array(firstRoom);
  private details = new Int32Array(firstRoom);
  private length = 0;

  constructor(kind: Lane['kind'], id: number, label: string) {
    this.kind = kind;
    this.id = id;
    this.label = label;
  }

  /** One stretch more, later than all before; an empty one is left out. */
  add(start: number, end: number, state: number, detail: number): void {
    if (end <= start) return;
    const { length } = this;
    if (length === this.starts.length) this.grow(2 * length);
    this.starts[length] = start;
    this.ends[length] = end;
    this.states[length] = state;
    this.details[length] = detail;
    this.length++;
  }

  /** The lane, when nothing is added any more. */
  lane(): Lane {
    const { kind, id, label, length } = this;
    return {
      kind,
      id,
      label,
      starts: this.starts.subarray(0, length),
      ends: this.ends.subarray(0, length),
      states: this.states.subarray(0, length),
      details: this.details.subarray(0, length),
    };
  }

  private grow(room: number): void {
    const grown = <Column extends Float64Array | Uint8Array | Int32Array>(wide: Column, column: Column) => {
      wide.set(column);
      return wide;
    };
    this.starts = grown(new Float64Array(room), this.starts);
    this.ends = grown(new Float64Array(room), this.ends);
    this.states = grown(new Uint8Array(room), this.states);
    this.details = grown(new Int32Array(room), this.details);
  }
}
