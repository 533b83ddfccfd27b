/** `machine({ ... })`: what a snippet asks of its machine, read from the source before anything runs. */
import type { MachineRequest } from '../program.ts';
import { errorAt, type Node, unwrap } from './ast.ts';

/** The literal argument of the module's `machine(...)` call, or null. Throws CompileError where it is not literal. */
export function machineRequest(tree: Node): MachineRequest | null {
  for (const statement of tree.body) {
    if (statement.type !== 'ExpressionStatement') continue;
    const call = unwrap(statement.expression);
    if (call.type !== 'CallExpression' || !isImport(call.callee, 'machine')) continue;
    const [argument] = call.arguments;
    if (argument === undefined) return {};
    const value = literal(argument);
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw errorAt(argument, 'machine() takes an object literal, as in machine({ cores: 2 })');
    return value as MachineRequest;
  }
  return null;
}

const isImport = (node: Node, name: string): boolean =>
  node.type === 'Identifier' && node.binding?.kind === 'import' && node.binding.imported === name;

const UNITS: Readonly<Record<string, number>> = { ns: 1, us: 1_000, ms: 1_000_000 };

/** The value of a literal expression. */
function literal(node: Node): unknown {
  node = unwrap(node);
  switch (node.type) {
    case 'NumericLiteral':
    case 'StringLiteral':
    case 'BooleanLiteral':
      return node.value;
    case 'NullLiteral':
      return null;
    case 'TemplateLiteral':
      if (node.expressions.length === 0) return node.quasis[0].value.cooked;
      break;
    case 'Identifier':
      if (!node.binding && node.name === 'Infinity') return Number.POSITIVE_INFINITY;
      if (!node.binding && node.name === 'undefined') return undefined;
      break;
    case 'ArrayExpression':
      return node.elements.map((element: Node | null) => (element === null ? undefined : literal(element)));
    case 'ObjectExpression':
      return Object.fromEntries(node.properties.map(property));
    case 'UnaryExpression':
      if (node.operator === '-') return -number(node.argument);
      if (node.operator === '+') return number(node.argument);
      break;
    case 'BinaryExpression':
      return arithmetic(node);
    case 'CallExpression': {
      const { callee } = node;
      const unit =
        callee.type === 'Identifier' && callee.binding?.kind === 'import'
          ? UNITS[callee.binding.imported]
          : undefined;
      if (unit !== undefined && node.arguments.length === 1) return number(node.arguments[0]) * unit;
      break;
    }
  }
  throw errorAt(
    node,
    'what machine() is given is read before the program runs: write literal values, us(10), ms(5)',
  );
}

function property(node: Node): [string, unknown] {
  if (node.type !== 'ObjectProperty' || node.computed)
    throw errorAt(node, 'machine() takes plain properties, as in machine({ cores: 2 })');
  return [node.key.name ?? String(node.key.value), literal(node.value)];
}

function number(node: Node): number {
  const value = literal(node);
  if (typeof value !== 'number') throw errorAt(node, 'a number is needed here');
  return value;
}

function arithmetic(node: Node): number {
  const left = number(node.left);
  const right = number(node.right);
  switch (node.operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '**':
      return left ** right;
    case '<<':
      return left << right;
    default:
      throw errorAt(node, `machine() cannot use ${node.operator}: write the number`);
  }
}
