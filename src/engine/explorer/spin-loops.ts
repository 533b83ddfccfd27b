import { forEachChild, type Node, parse } from '../language/compiler/ast.ts';
import type { Program } from '../language/index.ts';

/** Calls that only pass the time. */
const IDLE_CALLS: ReadonlySet<string> = new Set(['yieldThread', 'sleep', 'compute']);
/** What every spin loop begins with; a comment may be anywhere. */
const MAY_SPIN = /\bwhile\b|\bfor\s*\(\s*[;/]/;
/** Methods that change nothing where they fail. */
const PURE_METHODS: ReadonlySet<string> = new Set(['load', 'tryLock', 'tryAcquire', 'compareExchange']);

/**
 * For each site of the program the number of the spin loop it is in, or -1. A spin loop does nothing but look whether it may go on, so going
 * round again changes nothing until somebody else has changed what it looks at; the explorer lets it wait for that.
 */
export function findSpinLoops(program: Program): Int32Array {
  if (!MAY_SPIN.test(program.source)) return new Int32Array(program.sites.length).fill(-1);
  const finder = new Finder(program);
  finder.visit(parse(program.source));
  const lines = lineStarts(program.source);
  return Int32Array.from(program.sites, ({ line, column }) => {
    const offset = (lines[line - 1] ?? 0) + column - 1;
    return finder.loops.findLastIndex(({ start, end }) => start <= offset && offset < end);
  });
}

function lineStarts(source: string): number[] {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

class Finder {
  readonly loops: Node[] = [];
  /** Module variables: a store to one of them is a step. */
  private readonly shared: ReadonlySet<string>;

  constructor(program: Program) {
    this.shared = new Set(program.variables.map(({ name }) => name));
  }

  visit(node: Node): void {
    if (this.isSpinLoop(node)) this.loops.push(node);
    forEachChild(node, (child) => this.visit(child));
  }

  private isSpinLoop(node: Node): boolean {
    switch (node.type) {
      case 'WhileStatement':
      case 'DoWhileStatement':
        return isPure(node.test) && this.isIdle(node.body);
      case 'ForStatement':
        return !node.init && !node.update && (!node.test || isPure(node.test)) && this.isIdle(node.body);
      default:
        return false;
    }
  }

  /** Does the statement nothing, or only leave the loop where a pure condition says so, or begin with something that is noticed? */
  private isIdle(node: Node): boolean {
    switch (node.type) {
      case 'EmptyStatement':
      case 'BreakStatement':
      case 'ContinueStatement':
        return true;
      case 'BlockStatement':
        return node.body.every((statement: Node) => this.isIdle(statement));
      case 'IfStatement':
        return (
          isPure(node.test) &&
          this.isHarmless(node.consequent) &&
          (!node.alternate || this.isHarmless(node.alternate))
        );
      case 'ExpressionStatement':
        return node.expression.type === 'CallExpression' && IDLE_CALLS.has(node.expression.callee.name);
      default:
        return false;
    }
  }

  private isHarmless(branch: Node): boolean {
    const first = branch.type === 'BlockStatement' ? branch.body[0] : branch;
    return this.isIdle(branch) || (first !== undefined && this.isNoticed(first));
  }

  /** A store that other threads could see: going round with it is not going round idly. */
  private isNoticed({ type, expression }: Node): boolean {
    if (type !== 'ExpressionStatement' || expression.type !== 'AssignmentExpression') return false;
    const { left } = expression;
    return left.type === 'MemberExpression' || (left.type === 'Identifier' && this.shared.has(left.name));
  }
}

function isPure(node: Node): boolean {
  switch (node.type) {
    case 'Identifier':
    case 'NumericLiteral':
    case 'StringLiteral':
    case 'BooleanLiteral':
    case 'NullLiteral':
    case 'ThisExpression':
      return true;
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
      return isPure(node.expression);
    case 'UnaryExpression':
      return node.operator !== 'delete' && isPure(node.argument);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return isPure(node.left) && isPure(node.right);
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return isPure(node.object) && (!node.computed || isPure(node.property));
    case 'CallExpression':
      return isPureCall(node);
    default:
      return false;
  }
}

function isPureCall({ callee, arguments: args }: Node): boolean {
  if (callee.type !== 'MemberExpression' || callee.computed) return false;
  return PURE_METHODS.has(callee.property.name) && isPure(callee.object) && args.every(isPure);
}
