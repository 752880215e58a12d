/** The documents, held to the code. `UPDATE_DOCS=1 npx vitest run tests/docs.test.ts` writes anew what the story posts. */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { audit, checks } from '../src/cli/audit.ts';
import { establishScheme, policiesAt } from '../src/communities/index.ts';
import { leg, type Posted } from './support/journal.ts';
import { blocksOf, codesIn, rowsUnder } from './support/markdown.ts';
import { openScheme } from './support/scheme.ts';
import { openStory } from './support/story.ts';
import { openWorld } from './support/world.ts';

const root = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

type Told = { readonly document: string; readonly entries: Posted[]; readonly sound: boolean };

/** Tells the story of a document, and gives the document as the commands would have it. */
async function tellStoryOf(document: string): Promise<Told> {
  const story = await openStory();
  const entries: Posted[] = [];
  let written = '';
  let from = 0;
  for (const { language, text, start, end } of blocksOf(document)) {
    let anew = text;
    if (language === 'journal') {
      const told = await story.tell(text);
      anew = told.text;
      entries.push(...told.entries);
    } else if (language === 'balances') anew = await story.balances();
    written += document.slice(from, start) + anew;
    from = end;
  }
  const { ok } = await audit(story.world.store);
  return { document: written + document.slice(from), entries, sound: ok };
}

it('no document and no message says to have npm look up a name that anybody may register there', () => {
  const texts = globSync('{*.md,docs/**/*.md,src/**/*.ts,seeds/**/*.md,web/**/*.ts}', { cwd: root });
  expect(texts).toEqual(expect.arrayContaining(['README.md', 'docs/operating.md', 'src/cli/main.ts']));
  expect(texts.filter((file) => /\b(npx|npm exec|npm x)\s+(-\S+\s+)*callmi/.test(read(file)))).toEqual([]);
  expect(read('docs/operating.md')).toContain('`npm run -s callmi --`');
});

describe('docs/concepts.md', () => {
  const document = read('docs/concepts.md');
  const events = rowsUnder(document, 'Event', 'Entry', 'Unit', 'Debit', 'Credit').map(([, kind, unit, debit, credit]) => ({
    kind: codesIn(kind!)[0]!,
    unit: unit!,
    legs: [...codesIn(debit!).map((path) => `dr ${path}`), ...codesIn(credit!).map((path) => `cr ${path}`)],
  }));

  it('tells a story that the real commands post entry by entry, and balance by balance', async () => {
    const { document: written, entries, sound } = await tellStoryOf(document);
    if (process.env['UPDATE_DOCS']) writeFileSync(join(root, 'docs/concepts.md'), written);
    else expect(document).toBe(written);
    expect(entries.length).toBeGreaterThan(20);
    expect(sound).toBe(true);
  });

  it('lists every leg of every entry, and no other', async () => {
    const { entries } = await tellStoryOf(document);
    expect(events.length).toBeGreaterThan(10);
    const posted = new Set(entries.flatMap(({ kind, postings }) => postings.map((each) => `${kind}: ${patternOf(leg(each))}`)));
    const listed = new Set(events.flatMap(({ kind, legs }) => legs.map((each) => `${kind}: ${each}`)));
    expect([...posted].toSorted()).toEqual([...listed].toSorted());
  });

  it('lists every kind of entry that the code makes', () => {
    const sources = globSync('src/**/*.ts', { cwd: root }).map(read);
    // As an entry is written down, or in a table of what differs between entries that one function writes.
    const asWritten = /\bkind: '(\w+)',\s*effectiveAt|\bentryKind: '(\w+)'/g;
    const made = sources.flatMap((text) => [...text.matchAll(asWritten)].map(([, kind, inTable]) => kind ?? inTable!));
    expect([...new Set(made)].toSorted()).toEqual([...new Set(events.map(({ kind }) => kind))].toSorted());
  });

  it('lists the policies that a scheme is founded with', async () => {
    const { store, clock, run } = await openScheme();
    await run(establishScheme, {});
    const founded = (await policiesAt(store, clock.now)).map(({ name, current }) => `\`${name}\` \`${current.value}\``);
    const listed = rowsUnder(document, 'Policy', 'First value', 'Meaning').map(([name, value]) => `${name} ${value}`);
    expect(listed.toSorted()).toEqual(founded.toSorted());
  });
});

/** A leg as the table of events writes it: roles instead of communities, people and days, and no amount. */
function patternOf(text: string): string {
  const roles: Record<string, string> = {
    bank: 'bank:<community>',
    fund: 'fund:<community>',
    wallet: 'wallet:<issuer>:<resident>:<expiry>',
    payable: 'payable:<acquirer>:<merchant>:<day>',
    'due-to': 'due-to:<issuer>:<acquirer>:<day>',
    'due-from': 'due-from:<acquirer>:<issuer>:<day>',
    clearing: 'clearing:<community>:<through day>',
  };
  const [side, path] = text.split(' ') as [string, string];
  const [kind] = path.split(':') as [string];
  return `${side} ${roles[kind] ?? `${kind}:<issuer>`}`;
}

describe('docs/invariants.md', () => {
  const document = read('docs/invariants.md');
  const sections = [...document.matchAll(/^## ([EIS]\d+) .+\n([^]*?)(?=^## |(?![^]))/gm)].map(([, id, text]) => ({ id: id!, text: text! }));

  it('has every invariant, and the check that the audit makes of it', async () => {
    const { store } = await openWorld();
    const made = await Promise.all(checks.map(async ({ id, title, run }) => ({ id, title, idle: 'notApplicable' in (await run(store)) })));
    const written = sections.map(({ id, text }) => {
      const [, said, title, why] = /^- \*\*Audit\*\* (\S+): “([^”]+)”(\. Not applicable.*)?/m.exec(text)!;
      return { id: said === id ? id : `${id} says ${said}`, title, idle: why !== undefined };
    });
    expect(written).toEqual(made);
  });

  it('says of every invariant where it is held, and which tests try it', () => {
    expect(sections.length).toBeGreaterThan(12);
    for (const { id, text } of sections) expect(text, id).toMatch(/- \*\*Held by\*\* [^]+- \*\*Audit\*\* [^]+- \*\*Tests\*\* /);
  });

  it('names files that are there, and tests that stand in them', () => {
    const named = document.replaceAll(/^- \*\*Audit\*\*.*/gm, '').replaceAll(/\s+/g, ' ');
    const missing: string[] = [];
    let file = '';
    let sentences = 0;
    for (const [, path, sentence] of named.matchAll(/`(\w+\/[^`]+)`|“([^”]+)”/g)) {
      file = path ?? file;
      sentences += sentence === undefined ? 0 : 1;
      if (!existsSync(join(root, file))) missing.push(file);
      else if (sentence !== undefined && !read(file).includes(sentence)) missing.push(`${file}: ${sentence}`);
    }
    expect(sentences).toBeGreaterThan(30);
    expect(missing).toEqual([]);
  });
});

describe('docs/glossary.md', () => {
  const document = read('docs/glossary.md');

  it('says every word once', () => {
    const words = rowsUnder(document, 'Word', 'Chinese', 'Meaning').map(([word]) => word!);
    expect(words.length).toBeGreaterThan(50);
    // A redemption is reversed, and so is an entry.
    const twice = words.filter((word, n) => words.indexOf(word) !== n);
    expect(twice).toEqual(['reversal']);
  });

  it('names words that the code does not use', () => {
    const banned = rowsUnder(document, 'Not', 'But', 'Only in').map(([word, , places]) => ({
      word: codesIn(word!)[0]!,
      places: codesIn(places!),
    }));
    const files = globSync('src/**/*.ts', { cwd: root });
    expect(banned.length).toBeGreaterThan(5);
    expect(files.length).toBeGreaterThan(50);
    const used = files.flatMap((file) => {
      const words = wordsIn(file);
      const elsewhere = banned.filter(({ places }) => !places.some((place) => file.startsWith(place)));
      return elsewhere.filter(({ word }) => words.has(word)).map(({ word }) => `${file} says ${word}`);
    });
    expect(used).toEqual([]);
  });
});

/** The words of a file's identifiers and texts, in the singular and without its comments; `cashOut` and `cash_out` are `cashout` too. */
function wordsIn(file: string): Set<string> {
  const code = read(file)
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '');
  const names = code.match(/[A-Za-z_-]+/g) ?? [];
  const words = names.flatMap((name) => [...name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').split(/[\s_-]+/), name.replaceAll(/[_-]/g, '')]);
  return new Set(words.map((word) => word.toLowerCase().replace(/s$/, '')));
}

it('every decision has its number, its three parts and its place in the list', () => {
  const files = globSync('docs/decisions/0*.md', { cwd: root }).toSorted();
  expect(files.length).toBeGreaterThan(7);
  const listed = files.map((file, n) => {
    const [title, ...parts] = [...read(file).matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading!);
    // An amendment stands last, with its day.
    const lasting = parts.filter((part) => !/^Amended on \d{4}-\d\d-\d\d/.test(part));
    expect(lasting, file).toEqual(['Context', 'Decision', 'Consequences']);
    const number = String(n + 1);
    expect(title, file).toMatch(new RegExp(`^${number}\\. `));
    const name = basename(file);
    expect(name).toMatch(new RegExp(`^${number.padStart(4, '0')}-`));
    return `- [${number.padStart(4, '0')}](${name}): ${title!.replace(/^\d+\. /, '')}`;
  });
  expect(
    read('docs/decisions/README.md')
      .split('\n')
      .filter((line) => line.startsWith('- ')),
  ).toEqual(listed);
});

describe('the documents', () => {
  const files = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', ...globSync('docs/**/*.md', { cwd: root })];

  it('lead to one another, to files and to headings that are there', () => {
    const links = files.flatMap((file) =>
      [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => ({ file, to: to! })).filter(({ to }) => !/^https?:/.test(to)),
    );
    expect(links.length).toBeGreaterThan(20);
    const broken = links.filter(({ file, to }) => {
      const [path, anchor] = to.split('#') as [string, string?];
      const target = path === '' ? file : join(dirname(file), path);
      return !existsSync(join(root, target)) || (anchor !== undefined && !anchorsOf(read(target)).includes(anchor));
    });
    expect(broken).toEqual([]);
  });

  it('name commands that the command line knows', () => {
    const sources = globSync('src/cli/*.ts', { cwd: root }).map(read);
    const known = new Set(['help', ...sources.flatMap((text) => [...text.matchAll(/\.command\('([\w-]+)'\)/g)].map(([, name]) => name!))]);
    const named = files.flatMap((file) =>
      [...read(file).matchAll(/(?:`callmi|^callmi|npm run -s callmi --) ([a-z][\w-]*)/gm)].map(([, name]) => name!),
    );
    expect(new Set(named).size).toBeGreaterThan(5);
    expect([...new Set(named)].filter((name) => !known.has(name))).toEqual([]);
  });
});

function anchorsOf(document: string): string[] {
  return [...document.matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title!
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );
}
