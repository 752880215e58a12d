/**
 * Lines that only rename: a property whose key and value are the same name, once in snake case and once in camel case.
 *
 * The value is a name, the last name of a path, or one of these handed to one function or given a default: `status_reason: row.statusReason`,
 * `made_at: rfc3339(row.madeAt)`, `store_id: row.storeId ?? null`. Counted are the lines on which such a property begins: `outwards` those of
 * an object whose key is in snake case (a row becomes wire), `inwards` those of an object whose key is in camel case (`storeId: body.store_id`)
 * and those of a pattern (`{ store_id: storeId }`).
 */
import { parseSync, visitorKeys } from 'oxc-parser';

export type Renames = { readonly outwards: number; readonly inwards: number };

type Node = { readonly type: string; readonly start: number; readonly [key: string]: unknown };

export function renamesIn(file: string, text: string): Renames {
  const [outwards, inwards] = [new Set<number>(), new Set<number>()];
  const lineOf = ({ start }: Node) => text.slice(0, start).split('\n').length;
  const visit = (node: Node): void => {
    for (const property of propertiesOf(node)) {
      const [key, name] = [nameOf(property['key'] as Node), nameOf(property['value'] as Node)];
      if (!areOne(key, name)) continue;
      const isOut = node.type === 'ObjectExpression' && key.includes('_');
      (isOut ? outwards : inwards).add(lineOf(property));
    }
    for (const key of visitorKeys[node.type] ?? []) for (const child of [node[key]].flat()) if (child) visit(child as Node);
  };
  visit(parseSync(file, text, { lang: 'ts' }).program as unknown as Node);
  return { outwards: outwards.size, inwards: inwards.size };
}

function propertiesOf(node: Node): Node[] {
  const properties = ['ObjectExpression', 'ObjectPattern'].includes(node.type) ? (node['properties'] as Node[]) : [];
  return properties.filter(({ type, computed }) => type === 'Property' && !computed);
}

/** The name that a value is known by; empty if it is more than a name. */
function nameOf(node: Node): string {
  if (node.type === 'Identifier') return node['name'] as string;
  if (node.type === 'MemberExpression' && !node['computed']) return nameOf(node['property'] as Node);
  if (node.type === 'CallExpression') return (node['arguments'] as Node[]).length === 1 ? nameOf((node['arguments'] as Node[])[0]!) : '';
  if (node.type === 'LogicalExpression' || node.type === 'AssignmentPattern') return nameOf(node['left'] as Node);
  const within = (node['expression'] ?? node['argument']) as Node | undefined;
  return within && ['TSNonNullExpression', 'TSAsExpression', 'ChainExpression'].includes(node.type) ? nameOf(within) : '';
}

function areOne(key: string, name: string): boolean {
  return key !== name && inCamelCase(key) === inCamelCase(name);
}

function inCamelCase(word: string): string {
  return word.replaceAll(/_([a-z0-9])/g, (_all, letter: string) => letter.toUpperCase());
}
