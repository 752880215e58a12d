import { useQuery } from '@tanstack/react-query';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, figures, Rows } from '../../console/data-table.tsx';
import { Shown } from '../../console/states.tsx';
import { yuanFixed } from '../../shared/format.ts';
import { useOwn } from '../names.ts';
import { useWords } from '../words.ts';

type Line = Schemas['CommunityStatement']['lines'][number];

/** The community's statement of a run, line by line. */
export function Statement({ runId: id }: { readonly runId: string }) {
  const words = useWords().runs;
  const own = useOwn();
  const statement = useQuery({
    queryKey: ['statement', id, own],
    queryFn: async () => {
      const path = { id, community_id: own };
      const query = { format: 'json' as const };
      const call = api.GET('/v1/settlement-runs/{id}/statements/communities/{community_id}', { params: { path, query } });
      return (await answer(call)) as Schemas['CommunityStatement'];
    },
  });
  return (
    <>
      <h2>{words.statement}</h2>
      <Shown query={statement}>
        {({ lines }) => (
          <Rows<Line>
            label={words.statement}
            rows={lines}
            rowKey={({ counterparty_id: other, business_day: day }) => `${other} ${day}`}
            empty={words.noLines}
            columns={[
              column(words.counterparty, ({ counterparty_name: name }) => name),
              column(words.day, ({ business_day: day }) => day),
              figures(words.dueToYuan, ({ due_to_fen: fen }) => yuanFixed(fen)),
              figures(words.dueFromYuan, ({ due_from_fen: fen }) => yuanFixed(fen)),
              figures(words.netYuan, ({ net_fen: fen }) => yuanFixed(fen)),
            ]}
          />
        )}
      </Shown>
    </>
  );
}
