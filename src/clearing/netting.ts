/** Multilateral netting: what many owe each other becomes what each is to pay or to receive, and few payments that settle it. */

/** What one community owes another, in fen; negative where more was undone than done, so that it is the other one who owes. */
export type Due = { readonly debtor: string; readonly creditor: string; readonly fen: number };

/** A community among others, in fen: what it owes them, what they owe it, and the difference: to receive, or, negative, to pay. */
export type Net = { readonly community: string; readonly dueToFen: number; readonly dueFromFen: number; readonly netFen: number };

/** Dues with one sum a pair and direction, none of them below zero, in the order of the communities' ids: what is below zero stands on the other side. */
export function grossDues(dues: readonly Due[]): Due[] {
  const sums = new Map<string, number>();
  const add = (debtor: string, creditor: string, fen: number) => {
    const pair = `${debtor}>${creditor}`;
    sums.set(pair, (sums.get(pair) ?? 0) + fen);
  };
  for (const { debtor, creditor, fen } of dues) add(debtor, creditor, fen);
  for (const [pair, fen] of sums) {
    if (fen >= 0) continue;
    const [debtor, creditor] = pair.split('>') as [string, string];
    sums.set(pair, 0);
    add(creditor, debtor, 0 - fen);
  }
  return [...sums]
    .filter(([, fen]) => fen > 0)
    .toSorted(byText)
    .map(([pair, fen]) => {
      const [debtor, creditor] = pair.split('>') as [string, string];
      return { debtor, creditor, fen };
    });
}

/** Each community's net, in the order of their ids; the nets of all come to zero. */
export function nets(dues: readonly Due[]): Net[] {
  const to = new Map<string, number>();
  const from = new Map<string, number>();
  for (const { debtor, creditor, fen } of dues) {
    to.set(debtor, (to.get(debtor) ?? 0) + fen);
    from.set(creditor, (from.get(creditor) ?? 0) + fen);
  }
  return [...new Set([...to.keys(), ...from.keys()])].toSorted().map((community) => {
    const dueToFen = to.get(community) ?? 0;
    const dueFromFen = from.get(community) ?? 0;
    return { community, dueToFen, dueFromFen, netFen: dueFromFen - dueToFen };
  });
}

/**
 * The payments that settle these nets: again and again the one who is to pay most pays the one who is to receive most, as much as both
 * can; of equals the first in the order of their ids. Each payment settles one of them and the last one both, so that n communities make n - 1
 * payments at most, and the same nets always the same ones.
 */
export function netPayments(positions: readonly Net[]): Due[] {
  const open = new Map(positions.filter(({ netFen }) => netFen !== 0).map(({ community, netFen }) => [community, netFen]));
  const payments: Due[] = [];
  while (open.size > 0) {
    const ordered = [...open].toSorted(([a, netA], [b, netB]) => netA - netB || (a < b ? -1 : 1));
    const [debtor, owed] = ordered[0]!;
    const [creditor, claim] = ordered.toSorted(([a, netA], [b, netB]) => netB - netA || (a < b ? -1 : 1))[0]!;
    const fen = Math.min(0 - owed, claim);
    payments.push({ debtor, creditor, fen });
    settle(open, debtor, fen);
    settle(open, creditor, 0 - fen);
  }
  return payments;
}

function settle(open: Map<string, number>, community: string, fen: number): void {
  const left = open.get(community)! + fen;
  if (left === 0) open.delete(community);
  else open.set(community, left);
}

function byText([a]: [string, number], [b]: [string, number]): number {
  return a < b ? -1 : 1;
}
