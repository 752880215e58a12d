/** Approving and declining. */
import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { keyedAt, useAttempt } from '../../api/attempt.ts';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/contract.d.ts';
import { AttemptButton } from '../../console/attempt-button.tsx';
import { ReasonDialog } from '../../console/dialog.tsx';
import { useWords } from '../words.ts';

type Approval = paths['/v1/proposals/{id}/approval']['post'];
type Approved = Approval['responses'][200]['content']['application/json'];

/** A list as its approver has seen it. */
export type Acknowledged = { readonly hash: string; readonly points: number };

/** Asks the API again for everything that is shown, since a decision may have changed any of it. */
function useAskAgain(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries();
}

type ApproveProps = {
  readonly proposalId: string;
  readonly acknowledged?: Acknowledged;
  readonly done?: (reply: Approved) => void;
};

export function Approve({ proposalId, acknowledged, done }: ApproveProps) {
  const { message } = App.useApp();
  const words = useWords().proposals;
  const askAgain = useAskAgain();
  const approve = useAttempt((id: string, key: string) =>
    answer(
      api.POST('/v1/proposals/{id}/approval', { ...keyedAt(key, { id }), body: acknowledged ? { acknowledged: { ...acknowledged } } : {} }),
    ),
  );
  return (
    <AttemptButton
      attempt={approve}
      input={proposalId}
      size="small"
      done={(reply) => {
        void message.success(words.approved);
        done?.(reply);
        askAgain();
      }}
    >
      {words.approve}
    </AttemptButton>
  );
}

export function Decline({ proposalId: id, own }: { readonly proposalId: string; readonly own: boolean }) {
  const words = useWords().proposals;
  return (
    <ReasonDialog
      name={`decline-${id}`}
      label={own ? words.withdraw : words.decline}
      title={own ? words.withdrawTitle : words.declineTitle}
      write={(body, key) => answer(api.POST('/v1/proposals/{id}/decline', { ...keyedAt(key, { id }), body }))}
      done={useAskAgain()}
    />
  );
}
