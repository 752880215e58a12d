/** Multilateral netting: mutual dues become the net that each community is to pay or to receive, and few payments that settle the nets. */

/** The amount that one community owes another, in fen; negative if more was undone than redeemed, so that the other one owes. */
export type Due = { readonly debtor: string; readonly creditor: string; readonly fen: number };

/** A community's sums with all others, in fen: due to, due from, and the difference: to receive, or, negative, to pay. */
export type Net = { readonly community: string; readonly dueToFen: number; readonly dueFromFen: number; readonly netFen: number };

/**
 * Dues with one sum for each pair and direction, none of them below zero, in the order of the communities' ids: a sum below zero moves to
 * the other side.
 */
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

/** Each community's net, in the order of their ids; all nets sum to zero. */
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
 * The payments that settle these nets: in each step the community with the most to pay pays the one with the most to receive, as much as
 * possible; of equal ones the first by id. Each payment settles one of the two and the last one both, so that n communities make at most n
 * - 1 payments, and the same nets always give the same payments.
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
