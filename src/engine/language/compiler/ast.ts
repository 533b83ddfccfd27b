/** The parsed source, and small questions about it. */
import { type ParserOptions, parse as parseBabel } from '@babel/parser';
import { filesOf } from '../files.ts';
import { CompileError } from '../program.ts';
import { joinFiles } from './join-files.ts';

/** A place in the source: line 1-based, column 0-based. */
interface Place {
  readonly line: number;
  readonly column: number;
}

/**
 * A node of the syntax tree, in the shape @babel/parser gives. Typed loosely on purpose: the compiler reads forty
 * kinds of node, and every reader knows by `type` which fields are there.
 */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly loc: { readonly start: Place; readonly end: Place };
  // biome-ignore lint/suspicious/noExplicitAny: see above
  [field: string]: any;
}

const OPTIONS: ParserOptions = {
  sourceType: 'module',
  plugins: ['typescript', 'decorators', 'decoratorAutoAccessors'],
  attachComment: false,
};

/** Parse a TypeScript module, or several files in one text. Throws CompileError where it is not one. */
export function parse(source: string): Node {
  return source.includes('@filename') && filesOf(source).length > 1
    ? joinFiles(source, parseModule)
    : parseModule(source);
}

function parseModule(source: string): Node {
  try {
    return untraced(() => parseBabel(source, OPTIONS).program) as unknown as Node;
  } catch (error) {
    const { loc, message } = error as Error & { loc?: { line: number; column: number } };
    if (loc === undefined) throw error;
    throw new CompileError(message.replace(/ \(\d+:\d+\)$/, ''), loc.line, loc.column + 1);
  }
}

/**
 * Runs what makes many errors that nobody sees: the parser tries `i < 10` as the beginning of type arguments, and throws to come back.
 * Collecting a trace for each is an eighth of the time it takes to compile.
 */
function untraced<T>(body: () => T): T {
  const traced = Error as unknown as { stackTraceLimit: number };
  const { stackTraceLimit } = traced;
  traced.stackTraceLimit = 0;
  try {
    return body();
  } finally {
    traced.stackTraceLimit = stackTraceLimit;
  }
}

/** A CompileError at a node. */
export function errorAt(node: Node, message: string): CompileError {
  return new CompileError(message, node.loc.start.line, node.loc.start.column + 1);
}

const FUNCTIONS = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
  'ClassPrivateMethod',
]);

export const isFunction = (node: Node): boolean => FUNCTIONS.has(node.type);

/** Fields of nodes that hold types or nothing to run. */
export const TYPE_FIELDS: ReadonlySet<string> = new Set([
  'typeAnnotation',
  'returnType',
  'typeParameters',
  'typeArguments',
  'superTypeParameters',
  'superTypeArguments',
  'implements',
  'predicate',
  'loc',
  'extra',
  'errors',
  'comments',
  'tokens',
  'leadingComments',
  'trailingComments',
  'innerComments',
]);

/** Call `visit` for every child node that is not a type, in source order. */
export function forEachChild(node: Node, visit: (child: Node) => void): void {
  for (const field in node) {
    if (TYPE_FIELDS.has(field)) continue;
    const value = node[field];
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (const item of value) if (item !== null && typeof item?.type === 'string') visit(item);
    } else if (typeof value.type === 'string') visit(value);
  }
}

const TYPE_WRAPPERS = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'ParenthesizedExpression',
]);

/** The expression inside `as`, `satisfies`, `!`, `<T>`. */
export function unwrap(node: Node): Node {
  while (TYPE_WRAPPERS.has(node.type)) node = node.expression;
  return node;
}

/** Statements that exist for the type checker only. */
export function isTypeOnly(node: Node): boolean {
  switch (node.type) {
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSDeclareFunction':
    case 'TSExportAssignment':
    case 'TSNamespaceExportDeclaration':
      return true;
    case 'ImportDeclaration':
      return node.importKind === 'type';
    case 'ExportNamedDeclaration':
      return node.exportKind === 'type' || (node.declaration && isTypeOnly(node.declaration));
    case 'TSModuleDeclaration':
      return node.declare === true || node.global === true || !hasValues(node.body);
    default:
      return node.declare === true;
  }
}

function hasValues(body: Node): boolean {
  if (body.type === 'TSModuleDeclaration') return !isTypeOnly(body);
  return body.body.some((statement: Node) => !isTypeOnly(statement));
}

/** Names a binding pattern declares, as Identifier nodes. */
export function patternNames(pattern: Node, names: Node[] = []): Node[] {
  switch (pattern.type) {
    case 'Identifier':
      names.push(pattern);
      break;
    case 'ObjectPattern':
      for (const property of pattern.properties)
        patternNames(property.type === 'RestElement' ? property.argument : property.value, names);
      break;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element !== null) patternNames(element, names);
      break;
    case 'AssignmentPattern':
      patternNames(pattern.left, names);
      break;
    case 'RestElement':
      patternNames(pattern.argument, names);
      break;
    case 'TSParameterProperty':
      patternNames(pattern.parameter, names);
      break;
  }
  return names;
}
