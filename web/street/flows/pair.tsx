/** The points of one community that were spent at another's merchants, and their worth, day by day. */
import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { Link } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { Page } from '../../console/page.tsx';
import { Empty, Shown } from '../../console/states.tsx';
import { points, yuanFixed } from '../../shared/format.ts';
import { FigureTable } from '../figure-table.tsx';
import { type Range, useNames } from '../queries.ts';
import { useWords } from '../words.ts';
import { totalOf } from './flow.ts';
import { byMonth } from './months.ts';

type PairProps = { readonly range: Range; readonly issuer: string; readonly acquirer: string };

export function PairPage({ range, issuer, acquirer }: PairProps) {
  const { flows: words } = useWords();
  const names = useNames();
  const days = useQuery({
    queryKey: ['positions', 'days', range, issuer, acquirer],
    queryFn: async () => (await daysOf(range, issuer)).filter(({ counterparty_id: other }) => other === acquirer),
  });
  const title = words.pair(names.of(issuer), names.of(acquirer));
  return (
    <Page title={title} actions={<Link href={`/flows/${range.from}/${range.through}`}>{words.back}</Link>}>
      <p className="lead">{words.pairLead(range.from, range.through)}</p>
      <Card>
        <Shown query={days}>{(items) => (items.length === 0 ? <Empty title={words.none} /> : <Days name={title} days={items} />)}</Shown>
      </Card>
    </Page>
  );
}

function Days({ name, days }: { readonly name: string; readonly days: readonly Schemas['Position'][] }) {
  const { flows: words } = useWords();
  const [to, from] = [totalOf(days.map(({ due_to: due }) => due)), totalOf(days.map(({ due_from: due }) => due))];
  return (
    <FigureTable
      name={name}
      head={[words.day, words.pointsThere, words.yuanThere, words.pointsBack, words.yuanBack, words.netYuan]}
      rows={days.map(({ business_day: day, due_to, due_from, net }) => [
        day,
        points(due_to.points),
        yuanFixed(due_to.fen),
        points(due_from.points),
        yuanFixed(due_from.fen),
        yuanFixed(net.fen),
      ])}
      foot={[words.total, points(to.points), yuanFixed(to.fen), points(from.points), yuanFixed(from.fen), yuanFixed(from.fen - to.fen)]}
    />
  );
}

/** Every day of a range on which something was between a community and others, in as many questions as it takes. */
async function daysOf(range: Range, communityId: string): Promise<Schemas['Position'][]> {
  const found: Schemas['Position'][] = [];
  for (const part of byMonth(range)) {
    const query = { by: 'day' as const, community_id: communityId, ...part };
    found.push(...(await answer(api.GET('/v1/positions', { params: { query } }))).items);
  }
  return found;
}
