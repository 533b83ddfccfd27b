/** What generating a program adds up: sites, functions, variables, and code that is made once for all instances. */
import { DATA_BASE } from '../addresses.ts';
import type { FunctionInfo as ProgramFunction, Site, SiteKind, VariableInfo } from '../program.ts';
import type { Node } from './ast.ts';
import type { Binding, FunctionInfo } from './scope.ts';

/** The program under construction. */
export class Unit {
  readonly source: string;
  readonly sites: Site[] = [];
  readonly functions: ProgramFunction[] = [];
  readonly variables: VariableInfo[] = [];
  /** Lines evaluated once for the program. */
  readonly prelude: string[] = [];
  /** Lines evaluated once for each instance. */
  readonly instance: string[] = [];
  private count = 0;
  private words = 0;
  private readonly addressed = new Map<Binding, string>();

  /** Loads and stores pass their values through the machine. */
  readonly isWatched: boolean;

  constructor(source: string, isWatched = false) {
    this.source = source;
    this.isWatched = isWatched;
  }

  /** A fresh number for names of the generator's own. */
  id(): number {
    return this.count++;
  }

  /** The site id of a node. */
  site(fn: FunctionInfo, node: Node, kind: SiteKind, name: string): number {
    const { line, column } = node.loc.start;
    this.sites.push({ line, column: column + 1, kind, name, function: fn.index });
    return this.sites.length - 1;
  }

  /** A cache for a site that accesses a property by name. */
  keyCache(): string {
    const name = `$k${this.id()}`;
    this.prelude.push(`const ${name}=$p.key();`);
    return name;
  }

  /** The address of a shared variable, as an expression. */
  address(binding: Binding): string {
    let address = this.addressed.get(binding);
    if (address === undefined) {
      const { scope, node } = binding;
      const { line, column } = node.loc.start;
      if (scope.parent === null) {
        address = String(DATA_BASE + this.words++ * 8);
        this.variables.push({ name: binding.name, segment: 'data', line, column: column + 1 });
      } else {
        const segment = binding.captured ? 'heap' : 'stack';
        const make = `$.${segment === 'heap' ? 'environment' : 'stackSlots'}(${scope.slots || 1})`;
        address = `(($e${scope.id}||($e${scope.id}=${make}))+${binding.slot * 8})`;
        this.variables.push({ name: binding.name, segment, line, column: column + 1 });
      }
      this.addressed.set(binding, address);
    }
    return address;
  }
}
