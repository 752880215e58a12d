import { useQuery, useQueryClient } from '@tanstack/react-query';
import { keyedAt } from '../../api/attempt.ts';
import { postSettlementRunsPositionsResolution } from '../../api/bounds.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, figures, Rows } from '../../console/data-table.tsx';
import { FormDialog, ReasonDialog } from '../../console/dialog.tsx';
import { Shown } from '../../console/states.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { timeOf, yuanFixed } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { useCommunityName } from '../names.ts';
import { useWords } from '../words.ts';

type Position = Schemas['SettledPosition'];
type Dispute = Position['dispute'];

/** The community's positions in a run, by counterparty, and the disputes about them. */
export function RunPositions({ runId }: { readonly runId: string }) {
  const words = useWords().disputes;
  const community = useCommunityName();
  const positions = useQuery({
    queryKey: ['run-positions', runId],
    queryFn: async () => (await answer(api.GET('/v1/settlement-runs/{id}/positions', { params: { path: { id: runId } } }))).items,
  });
  return (
    <>
      <h2>{words.title}</h2>
      <p>{words.hint}</p>
      <Shown query={positions}>
        {(found) => (
          <Rows<Position>
            label={words.title}
            rows={found}
            rowKey={({ counterparty_id: id }) => id}
            empty={words.none}
            columns={[
              column(words.counterparty, ({ counterparty_id: id }) => community(id)),
              figures(words.dueTo, ({ due_to_fen: fen }) => yuanFixed(fen)),
              figures(words.dueFrom, ({ due_from_fen: fen }) => yuanFixed(fen)),
              figures(words.net, ({ net_fen: fen }) => yuanFixed(fen)),
              column(words.theirs, ({ counterparty_dispute: dispute }) => <Told dispute={dispute} />),
              column(words.ours, (position) => <Ours runId={runId} position={position} name={community(position.counterparty_id)} />),
            ]}
          />
        )}
      </Shown>
    </>
  );
}

function Told({ dispute }: { readonly dispute: Dispute }) {
  const words = useWords().disputes;
  if (!dispute) return '—';
  return (
    <span className="prose">
      {timeOf(dispute.at)} {dispute.reason}
      <br />
      {dispute.resolved_at === null ? words.unresolved : words.resolved(timeOf(dispute.resolved_at), dispute.resolution ?? '')}
    </span>
  );
}

type OursProps = { readonly runId: string; readonly position: Position; readonly name: string };

function Ours({ runId, position: { counterparty_id: other, dispute }, name }: OursProps) {
  const words = useWords().disputes;
  const { scopes } = useSignedIn();
  const queries = useQueryClient();
  const done = () => void queries.invalidateQueries({ queryKey: ['run-positions', runId] });
  const path = { id: runId, counterparty_id: other };
  const open = dispute?.resolved_at === null;
  if (!scopes.includes('settlements:write')) return <Told dispute={dispute} />;
  return (
    <>
      {dispute && <Told dispute={dispute} />}
      {open ? (
        <FormDialog
          name={`resolve-${runId}-${other}`}
          label={words.takeBack}
          title={words.takeBack}
          button={{ size: 'small' }}
          initial={{ resolution: '' }}
          write={(body: { readonly resolution: string }, key) =>
            answer(api.POST('/v1/settlement-runs/{id}/positions/{counterparty_id}/resolution', { ...keyedAt(key, path), body }))
          }
          done={done}
        >
          <TextItem name="resolution" label={words.resolution} bound={postSettlementRunsPositionsResolution.resolution} rows={2} />
        </FormDialog>
      ) : (
        <ReasonDialog
          name={`dispute-${runId}-${other}`}
          label={words.dispute}
          title={words.disputeTitle(name)}
          write={(body, key) =>
            answer(api.POST('/v1/settlement-runs/{id}/positions/{counterparty_id}/dispute', { ...keyedAt(key, path), body }))
          }
          done={done}
        />
      )}
    </>
  );
}
