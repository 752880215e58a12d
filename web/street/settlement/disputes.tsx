/** The positions of communities in a run, and the disputes about them. */
import { useQueryClient } from '@tanstack/react-query';
import { Alert } from 'antd';
import { keyed } from '../../api/attempt.ts';
import { postSettlementRunsPositionsResolution } from '../../api/bounds.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, figures, Rows } from '../../console/data-table.tsx';
import { FormDialog } from '../../console/dialog.tsx';
import { Shown } from '../../console/states.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { timeOf, yuanFixed } from '../../shared/format.ts';
import { useNames, useSettledPositions, type Run } from '../queries.ts';
import { useWords } from '../words.ts';

type Position = Schemas['SettledPosition'];

function keyOf({ community_id: own, counterparty_id: other }: Position): string {
  return `${own}>${other}`;
}

export function Disputes({ run }: { readonly run: Run }) {
  const { runs: words } = useWords();
  const names = useNames();
  return (
    <Shown query={useSettledPositions(run.id)}>
      {(positions) => {
        const disputed = positions.filter(({ dispute }) => dispute !== null);
        const open = disputed.filter(({ dispute }) => dispute!.resolved_at === null);
        return (
          <>
            {open.length > 0 && <Alert type="warning" showIcon className="gap" title={words.disputesOpen(open.length)} />}
            <h3>{words.disputes}</h3>
            <Rows<Position>
              label={words.disputes}
              empty={words.noDisputes}
              rows={disputed}
              rowKey={keyOf}
              columns={[
                column(words.community, ({ community_id: id }) => names.of(id)),
                column(words.counterparty, ({ counterparty_id: id }) => names.of(id)),
                figures(words.netYuan, ({ net_fen: fen }) => yuanFixed(fen)),
                column(words.disputeReason, ({ dispute }) => <span className="prose">{dispute!.reason}</span>),
                column(words.disputedAt, ({ dispute }) => timeOf(dispute!.at)),
                column(words.resolution, (position) => <Resolution run={run} position={position} />),
              ]}
            />
            <h3>{words.positions}</h3>
            <Rows<Position>
              label={words.positions}
              rows={positions.filter(({ community_id: own, counterparty_id: other }) => own < other)}
              rowKey={keyOf}
              columns={[
                column(words.community, ({ community_id: id }) => names.of(id)),
                column(words.counterparty, ({ counterparty_id: id }) => names.of(id)),
                figures(words.dueToYuan, ({ due_to_fen: fen }) => yuanFixed(fen)),
                figures(words.dueFromYuan, ({ due_from_fen: fen }) => yuanFixed(fen)),
                figures(words.netYuan, ({ net_fen: fen }) => yuanFixed(fen)),
              ]}
            />
          </>
        );
      }}
    </Shown>
  );
}

function Resolution({ run, position }: { readonly run: Run; readonly position: Position }) {
  const { runs: words } = useWords();
  const queries = useQueryClient();
  const { resolved_at: at, resolution } = position.dispute!;
  if (at !== null) return <span className="prose">{words.resolvedAt(timeOf(at), resolution!)}</span>;
  const path = { id: run.id, counterparty_id: position.counterparty_id };
  return (
    <FormDialog
      name={`resolve-${run.number}-${position.community_id}-${position.counterparty_id}`}
      label={words.resolve}
      title={words.resolveTitle}
      button={{ size: 'small' }}
      initial={{ resolution: '' }}
      write={({ resolution: said }, key) =>
        answer(
          api.POST('/v1/settlement-runs/{id}/positions/{counterparty_id}/resolution', {
            params: { ...keyed(key).params, path },
            body: { community_id: position.community_id, resolution: said },
          }),
        )
      }
      done={() => void queries.invalidateQueries({ queryKey: ['runs'] })}
    >
      <TextItem
        name="resolution"
        label={words.resolution}
        extra={words.resolveHint}
        bound={postSettlementRunsPositionsResolution.resolution}
        rows={2}
      />
    </FormDialog>
  );
}
