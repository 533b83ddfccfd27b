/** What a program can have printed, numbered: 0 is nothing, and any other output is a shorter one and a line. */
export class Outputs {
  private readonly shorter: number[] = [0];
  private readonly line: string[] = [''];
  /** By output: the numbers of those that have one line more. */
  private readonly longer: (Map<string, number> | undefined)[] = [];

  /** The number of an output with a line more. */
  after(output: number, line: string): number {
    const longer = this.longerThan(output);
    const known = longer.get(line);
    if (known !== undefined) return known;
    const number = this.line.push(line) - 1;
    this.shorter.push(output);
    longer.set(line, number);
    return number;
  }

  private longerThan(output: number): Map<string, number> {
    const known = this.longer[output];
    if (known !== undefined) return known;
    const longer = new Map<string, number>();
    this.longer[output] = longer;
    return longer;
  }

  linesOf(output: number): string[] {
    const lines: string[] = [];
    for (let at = output; at > 0; at = this.shorter[at] as number) lines.push(this.line[at] as string);
    return lines.reverse();
  }
}
