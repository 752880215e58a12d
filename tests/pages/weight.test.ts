/** The bytes that a browser must fetch before a page can be used, as the service sends them. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const dist = join(import.meta.dirname, '../../web/dist');

/** The files that a page names, and all that these import at once. */
function filesOf(page: string): Set<string> {
  const found = new Set<string>();
  const want = (name: string) => {
    if (found.has(name)) return;
    found.add(name);
    if (!name.endsWith('.js')) return;
    const text = readFileSync(join(dist, 'assets', name), 'utf8');
    for (const [, next] of text.matchAll(/(?:^|[;}\s])(?:import|export)[^'"`();]*?["']\.\/([^"']+)["']/g)) want(next!);
  };
  for (const [, name] of readFileSync(join(dist, `${page}.html`), 'utf8').matchAll(/(?:src|href)="\/assets\/([^"]+)"/g)) want(name!);
  return found;
}

/** Bytes on the wire; small files are sent as they are. */
function sentBytes(name: string): number {
  const path = join(dist, 'assets', name);
  return (statSync(`${path}.br`, { throwIfNoEntry: false }) ?? statSync(path)).size;
}

// Consoles: a third of what each was when nothing was compressed. Residents' and cashiers' pages, which are opened on phones, stay far below.
it.each([
  ['index', 130_000],
  ['counter', 150_000],
  ['community', 388_000],
  ['street', 384_000],
])('%s takes at most %i bytes', (page, bound) => {
  const bytes = [...filesOf(page)].reduce((sum, name) => sum + sentBytes(name), 0);
  expect(bytes).toBeLessThan(bound);
  // The files were found at all.
  expect(bytes).toBeGreaterThan(50_000);
});

it('each console loads of antd what it uses itself, and nobody who has no antd loads any', () => {
  const [community, street] = ['community', 'street'].map((page) => [...filesOf(page)].filter((name) => name.startsWith('antd')));
  const shared = community!.filter((name) => street!.includes(name));
  expect(shared).toHaveLength(1);
  expect(community!.length).toBeGreaterThan(shared.length);
  expect(street!.length).toBeGreaterThan(shared.length);
  for (const page of ['index', 'counter']) expect([...filesOf(page)].filter((name) => name.startsWith('antd'))).toEqual([]);
});
