/** The changes to a file of TypeScript that a test ought to notice. */
import { parseSync, visitorKeys } from 'oxc-parser';

/**
 * - `guard`: an `if (…)` that refuses or throws, or an `assert(…)`, is deleted;
 * - `sign`: `+` for `-`, `*` for `/`, and the other way, and a `-` before a figure is deleted;
 * - `comparison`: `<` for `<=`, `>` for `>=`, `===` for `!==`, and the other way;
 * - `logic`: `&&` for `||` and the other way, and a `!` is deleted;
 * - `key`: a key of an object literal is deleted;
 * - `item`: a call or an object among the items of a list is deleted;
 * - `side`: `dr` for `cr`, and the other way;
 * - `constant`: a whole number is one more.
 */
export type Kind = 'guard' | 'sign' | 'comparison' | 'logic' | 'key' | 'item' | 'side' | 'constant';

/** A change of a file: the characters from `start` to `end` become `now`. */
export type Mutant = {
  readonly kind: Kind;
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly was: string;
  readonly now: string;
  /** The node that is run when the change can be noticed, and what it is to the text around it. */
  readonly site: { readonly start: number; readonly end: number; readonly is: 'statement' | 'expression' | 'property' };
};

type Node = { readonly type: string; readonly start: number; readonly end: number; readonly [key: string]: unknown };

const swaps: Readonly<Record<string, readonly [Kind, string]>> = {
  '+': ['sign', '-'],
  '-': ['sign', '+'],
  '*': ['sign', '/'],
  '/': ['sign', '*'],
  '+=': ['sign', '-='],
  '-=': ['sign', '+='],
  '<': ['comparison', '<='],
  '<=': ['comparison', '<'],
  '>': ['comparison', '>='],
  '>=': ['comparison', '>'],
  '===': ['comparison', '!=='],
  '!==': ['comparison', '==='],
  '&&': ['logic', '||'],
  '||': ['logic', '&&'],
};

/** Types hold no values; these three hold an expression. */
const valuesInTypes = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);

/** Every mutant of a file, in the order of the text. Throws if the text cannot be parsed. */
export function mutantsOf(file: string, text: string): Mutant[] {
  const { program, errors } = parseSync(file, text, { lang: 'ts' });
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  const found: Mutant[] = [];
  const add: Add = (kind, start, end, now, site) => {
    const line = text.slice(0, start).split('\n').length;
    found.push({ kind, file, line, start, end, was: text.slice(start, end), now, site });
  };
  walk(program as unknown as Node, undefined, (node, parent) => look(node, parent, text, add));
  return found.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

type Add = (kind: Kind, start: number, end: number, now: string, site: Mutant['site']) => void;

function walk(node: Node, parent: Node | undefined, visit: (node: Node, parent: Node | undefined) => void): void {
  if (node.type.startsWith('TS') && !valuesInTypes.has(node.type)) return;
  visit(node, parent);
  for (const key of visitorKeys[node.type] ?? []) for (const child of listOf(node[key])) walk(child, node, visit);
}

function listOf(value: unknown): Node[] {
  return [value].flat().filter((each) => typeof each === 'object' && each !== null) as Node[];
}

function look(node: Node, parent: Node | undefined, text: string, add: Add): void {
  const operator = node['operator'] as string | undefined;
  if (isGuard(node, text)) add('guard', node.start, node.end, ';', siteOf(node, 'statement'));
  else if (node.type === 'UnaryExpression') lookAtUnary(node, add);
  else if (operator !== undefined && swaps[operator]) lookAtOperator(node, operator, text, add);
  else if (node.type === 'ObjectExpression') lookAtObject(node, add);
  else if (node.type === 'ArrayExpression') lookAtList(node, add);
  else if (node.type === 'CallExpression') lookAtCall(node, add);
  else if (node.type === 'Literal') lookAtLiteral(node, parent, add);
}

function isGuard(node: Node, text: string): boolean {
  const code = text.slice(node.start, node.end);
  if (node.type === 'ExpressionStatement') return code.startsWith('assert(');
  if (node.type !== 'IfStatement' || node['alternate']) return false;
  const then = node['consequent'] as Node;
  const [only, ...others] = then.type === 'BlockStatement' ? (then['body'] as Node[]) : [then];
  if (only === undefined || others.length > 0) return false;
  return only.type === 'ThrowStatement' || (only.type === 'ReturnStatement' && /\brefuse\w*\(/.test(text.slice(only.start, only.end)));
}

function lookAtUnary(node: Node, add: Add): void {
  const kinds: Record<string, Kind> = { '-': 'sign', '!': 'logic' };
  const kind = kinds[node['operator'] as string];
  if (kind) add(kind, node.start, (node['argument'] as Node).start, '', siteOf(node, 'expression'));
}

function lookAtOperator(node: Node, operator: string, text: string, add: Add): void {
  const [left, right] = [node['left'] as Node, node['right'] as Node];
  if (operator.startsWith('+') && [left, right].some(isText)) return;
  const [kind, other] = swaps[operator]!;
  const at = left.end + text.slice(left.end, right.start).indexOf(operator);
  add(kind, at, at + operator.length, other, siteOf(node, 'expression'));
}

/** Texts are put together by `+` as well, and have no sign. */
function isText(node: Node): boolean {
  return node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node['value'] === 'string');
}

function lookAtObject(node: Node, add: Add): void {
  const properties = node['properties'] as Node[];
  if (properties.length < 2) return;
  for (const [at, property] of properties.entries())
    if (property.type === 'Property') add('key', ...without(properties, at), '', siteOf(property, 'property'));
}

function lookAtList(node: Node, add: Add): void {
  const items = node['elements'] as (Node | null)[];
  if (items.length < 2 || !items.every((item) => item !== null)) return;
  for (const [at, item] of items.entries())
    if (['CallExpression', 'ObjectExpression'].includes(item.type)) add('item', ...without(items, at), '', siteOf(item, 'expression'));
}

/** The characters of a member of a list, with the comma that parts it from its neighbour. */
function without(list: readonly Node[], at: number): [number, number] {
  const next = list[at + 1];
  return next ? [list[at]!.start, next.start] : [list[at - 1]!.end, list[at]!.end];
}

function lookAtCall(node: Node, add: Add): void {
  const called = node['callee'] as Node;
  const name = called.type === 'Identifier' ? (called['name'] as string) : '';
  if (name === 'dr' || name === 'cr') add('side', called.start, called.end, name === 'dr' ? 'cr' : 'dr', siteOf(node, 'expression'));
}

function lookAtLiteral(node: Node, parent: Node | undefined, add: Add): void {
  const { value } = node;
  if (value === 'dr' || value === 'cr') add('side', node.start, node.end, value === 'dr' ? "'cr'" : "'dr'", siteOf(node, 'expression'));
  const isName =
    (parent?.type === 'Property' && parent['key'] === node) || (parent?.type === 'MemberExpression' && parent['property'] === node);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || isName) return;
  add('constant', node.start, node.end, String(value + 1), siteOf(node, 'expression'));
}

function siteOf({ start, end }: Node, is: Mutant['site']['is']): Mutant['site'] {
  return { start, end, is };
}

/** The text of a file with one mutant in it. */
export function mutated(text: string, { start, end, now }: Mutant): string {
  return text.slice(0, start) + now + text.slice(end);
}

/**
 * The text of a file in which each of these mutants' sites calls `globalThis.mutantReached` with the mutant's number before it is run, and
 * does what it did before.
 */
export function watched(text: string, numbered: ReadonlyMap<number, Mutant>): string {
  const insertions = [...numbered].flatMap(([number, { site }]) => {
    const call = `globalThis.mutantReached?.(${number})`;
    const [before, after] = { statement: [`{ ${call}; `, ' }'], expression: [`(${call}, `, ')'], property: [`...${call}, `, ''] }[
      site.is
    ] as [string, string];
    const length = site.end - site.start;
    // At one place first closes what ends there, the shortest first; then opens what begins there, the longest first.
    return [
      { at: site.start, order: text.length - length, code: before },
      { at: site.end, order: length - text.length, code: after },
    ];
  });
  let [watching, from] = ['', 0];
  for (const { at, code } of insertions.toSorted((a, b) => a.at - b.at || a.order - b.order)) {
    watching += text.slice(from, at) + code;
    from = at;
  }
  return watching + text.slice(from);
}
