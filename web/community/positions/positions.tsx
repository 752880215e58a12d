import { useQuery } from '@tanstack/react-query';
import { Form, Input, Segmented } from 'antd';
import { Link, useLocation, useParams } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, figures, Rows } from '../../console/data-table.tsx';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { points, today, yuanFixed } from '../../shared/format.ts';
import { useCommunityName, useOwn } from '../names.ts';
import { useWords } from '../words.ts';
import { Mark } from '../../console/mark.tsx';

type Position = Schemas['Position'];
type By = 'range' | 'day';
type Range = { readonly by: By; readonly from: string; readonly through: string };

/** The community's positions towards the others, over a range or day by day. The range stands in the address. */
export function PositionsPage() {
  const words = useWords().positions;
  const own = useOwn();
  const community = useCommunityName();
  const { by, from, through, choose } = useRange();
  const positions = useQuery({
    queryKey: ['positions', by, from, through],
    queryFn: () => answer(api.GET('/v1/positions', { params: { query: { by, from, through } } })),
  });
  return (
    <Page title={words.title}>
      <p>{words.intro}</p>
      <Form layout="inline" className="gap no-print">
        <Form.Item label={words.from} htmlFor="from">
          <Input id="from" type="date" value={from} max={through} onChange={({ target }) => choose({ from: target.value })} />
        </Form.Item>
        <Form.Item label={words.through} htmlFor="through">
          <Input id="through" type="date" value={through} min={from} onChange={({ target }) => choose({ through: target.value })} />
        </Form.Item>
        <Segmented<By>
          aria-label={words.by}
          options={[
            { value: 'range', label: words.byRange },
            { value: 'day', label: words.byDay },
          ]}
          value={by}
          onChange={(chosen) => choose({ by: chosen })}
        />
      </Form>
      <Shown query={positions}>
        {({ items }) => (
          <Rows<Position>
            label={words.title}
            rows={items}
            rowKey={({ business_day: day, counterparty_id: other }) => `${day} ${other}`}
            empty={words.none}
            columns={[
              ...(by === 'day' ? [column<Position>(words.day, ({ business_day: day }) => day)] : []),
              column(words.counterparty, ({ counterparty_id: other }) => (other === own ? words.atHome : community(other))),
              figures(words.dueToPoints, ({ due_to: of }) => points(of.points)),
              figures(words.dueTo, (each) => <Amount position={each} fen={each.due_to.fen} issuer={own} acquirer={each.counterparty_id} />),
              figures(words.dueFromPoints, ({ due_from: of }) => points(of.points)),
              figures(words.dueFrom, (each) => (
                <Amount position={each} fen={each.due_from.fen} issuer={each.counterparty_id} acquirer={own} />
              )),
              figures(words.net, ({ net }) => yuanFixed(net.fen)),
              column(words.limit, (each) => <Nearness position={each} />),
            ]}
          />
        )}
      </Shown>
      {by === 'range' && <p>{words.drillHint}</p>}
    </Page>
  );
}

/** An amount of a day leads to its redemptions. */
function Amount({ position, fen, issuer, acquirer }: { position: Position; fen: number; issuer: string; acquirer: string }) {
  const { business_day: day } = position;
  if (day === null || fen === 0) return yuanFixed(fen);
  return <Link href={`/positions/of/${issuer}/${acquirer}/${day}`}>{yuanFixed(fen)}</Link>;
}

function Nearness({ position: { limit } }: { readonly position: Position }) {
  const words = useWords().positions;
  if (!limit) return '—';
  const said = words.ofLimit(limit.used_percent, yuanFixed(limit.limit_fen));
  return limit.warning === null ? said : <Mark tone={limit.warning >= 90 ? 'bad' : 'warn'}>{words.warned(said)}</Mark>;
}

function useRange() {
  const { by = 'range', through = today(), from = `${through.slice(0, 8)}01` } = useParams<Partial<Range>>();
  const [, go] = useLocation();
  const choose = (chosen: Partial<Range>) => {
    const next = { by, from, through, ...chosen };
    if (next.from !== '' && next.through !== '' && next.from <= next.through) {
      go(`/positions/${next.by}/${next.from}/${next.through}`, { replace: true });
    }
  };
  return { by, from, through, choose };
}
