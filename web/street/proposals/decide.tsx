/** Approving and declining. */
import { useQueryClient } from '@tanstack/react-query';
import { keyed } from '../../api/attempt.ts';
import { postProposalsApproval } from '../../api/bounds.ts';
import { answer, api } from '../../api/client.ts';
import type { paths } from '../../api/contract.d.ts';
import { ReasonDialog } from '../../console/dialog.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { WriteForm } from '../../console/write-form.tsx';
import { useWords } from '../words.ts';
import type { Proposal } from './matters.tsx';

export type Approved = paths['/v1/proposals/{id}/approval']['post']['responses'][200]['content']['application/json'];

/** Asks the API again for everything that is shown, since a decision may have changed any of it. */
function useAskAgain(): () => void {
  const queries = useQueryClient();
  return () => void queries.invalidateQueries();
}

export function Approve({ proposal, done }: { readonly proposal: Proposal; readonly done: (reply: Approved) => void }) {
  const { proposals: words } = useWords();
  const askAgain = useAskAgain();
  return (
    <WriteForm
      name={`approve-${proposal.id}`}
      initial={{ reason: '' }}
      submit={words.approve}
      said={() => words.approved}
      write={({ reason }, key) =>
        answer(
          api.POST('/v1/proposals/{id}/approval', {
            params: { ...keyed(key).params, path: { id: proposal.id } },
            body: reason === '' ? {} : { reason },
          }),
        )
      }
      done={(reply) => {
        done(reply);
        askAgain();
      }}
    >
      <TextItem name="reason" label={words.remark} bound={postProposalsApproval.reason} />
    </WriteForm>
  );
}

export function Decline({ proposal, own }: { readonly proposal: Proposal; readonly own: boolean }) {
  const { proposals: words } = useWords();
  return (
    <ReasonDialog
      name={`decline-${proposal.id}`}
      danger
      label={own ? words.withdraw : words.decline}
      title={own ? words.withdrawTitle : words.declineTitle}
      said={() => (own ? words.withdrawn : words.declined)}
      write={({ reason }, key) =>
        answer(api.POST('/v1/proposals/{id}/decline', { params: { ...keyed(key).params, path: { id: proposal.id } }, body: { reason } }))
      }
      done={useAskAgain()}
    />
  );
}
