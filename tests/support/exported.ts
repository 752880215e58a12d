/** The exported journal, and a reader of it that is not the exporter's. */
import { hledgerJournal } from '../../src/ledger/index.ts';
import type { Store } from '../../src/store/index.ts';
import { balancesOf } from './balances.ts';

/** The journal of all, or of one community's books. */
export async function exported(store: Store, community?: string): Promise<string> {
  return store.snapshot(async (view) => (await Array.fromAsync(hledgerJournal(view, community))).join(''));
}

type Transaction = { readonly id: string; readonly date: string; readonly tags: string; readonly sums: Record<string, number> };
type Reading = { readonly declared: Set<string>; readonly transactions: Transaction[]; readonly balances: Record<string, string> };

/** A reader of its own: it knows of the format only what the export uses, and fails on any other line. */
export function reread(journal: string): Reading {
  const declared = new Set<string>();
  const transactions: Transaction[] = [];
  const totals = new Map<string, [amount: number, unit: string]>();
  for (const line of journal.split('\n').filter((text) => text !== '')) {
    const head = /^(\d{4}-\d{2}-\d{2}) \((ent_[0-9a-f]{32})\) [a-z_]+  ; (.*)$/.exec(line);
    const leg = /^ {4}(\S+)  (-?[1-9]\d*) (point|fen)$/.exec(line);
    const declaration = /^(?:account (\S+)|commodity 1000\. (?:point|fen))$/.exec(line);
    if (head) transactions.push({ date: head[1]!, id: head[2]!, tags: head[3]!, sums: {} });
    else if (leg) {
      const [path, amount, unit] = [leg[1]!, Number(leg[2]), leg[3]!];
      const { sums } = transactions.at(-1)!;
      sums[unit] = (sums[unit] ?? 0) + amount;
      totals.set(path, [(totals.get(path)?.[0] ?? 0) + amount, unit]);
    } else if (declaration?.[1]) declared.add(declaration[1]);
    else if (!declaration) throw new Error(`not understood: ${line}`);
  }
  const balances = [...totals].map(([path, [amount, unit]]) => [path, `${amount} ${unit}`]);
  return { declared, transactions, balances: Object.fromEntries(balances) };
}

/** What the books say of every account, as the reader and hledger show it. */
export async function booked(store: Store, community?: string): Promise<Record<string, string>> {
  const inBook = (await balancesOf(store)).filter((row) => community === undefined || row.community === community);
  return Object.fromEntries(inBook.map(({ path, balance, unit }) => [path, `${balance} ${unit}`]));
}

export const books: [name: string, community: string | undefined][] = [
  ['the whole journal', undefined],
  ["Gexiang's own books", 'gexiang'],
  ["Wanhe's own books", 'wanhe'],
];

/** What balances come to by kind and community, in the order of some rows. */
export function sumsOf(
  balances: Readonly<Record<string, string>>,
  rows: readonly { readonly kind: string; readonly community: string }[],
): number[] {
  return rows.map(({ kind, community }) => {
    const paths = Object.keys(balances).filter((path) => `${path}:`.startsWith(`${kind}:${community}:`));
    return paths.reduce((sum, path) => sum + Number.parseInt(balances[path]!, 10), 0);
  });
}
