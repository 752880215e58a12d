import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Space } from 'antd';
import { keyedAt, useAttempt } from '../../api/attempt.ts';
import { postSettlementPaymentsMade } from '../../api/bounds.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { ConfirmButton } from '../../console/confirm-button.tsx';
import { column, figures, Rows } from '../../console/data-table.tsx';
import { FormDialog } from '../../console/dialog.tsx';
import { Shown } from '../../console/states.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { timeOf, yuanFixed } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { useCommunityName, useOwn } from '../names.ts';
import { useWords } from '../words.ts';
import { Mark } from '../../console/mark.tsx';

type Payment = Schemas['SettlementPayment'];

function usePayments(runId: string) {
  return useQuery({
    queryKey: ['payments', runId],
    queryFn: async () => (await answer(api.GET('/v1/settlement-runs/{id}/payments', { params: { path: { id: runId } } }))).items,
  });
}

/** The net payments of a run that the community makes or receives: confirmed by both, then booked by each. */
export function Payments({ runId }: { readonly runId: string }) {
  const words = useWords().payments;
  const community = useCommunityName();
  const payments = usePayments(runId);
  return (
    <>
      <h2>{words.title}</h2>
      <Shown query={payments}>
        {(found) => (
          <Rows<Payment>
            label={words.title}
            rows={found}
            rowKey={({ id }) => id}
            empty={words.none}
            columns={[
              column(words.from, ({ debtor }) => community(debtor.community_id)),
              column(words.to, ({ creditor }) => community(creditor.community_id)),
              figures(words.amount, ({ fen }) => yuanFixed(fen)),
              column(words.status, ({ status }) => <Mark>{words.statuses[status]}</Mark>),
              column(words.sender, ({ debtor }) => <Side side={debtor} booked={words.paid} />),
              column(words.receiver, ({ creditor }) => <Side side={creditor} booked={words.received} />),
              column(words.actions, (payment) => <Actions payment={payment} />),
            ]}
          />
        )}
      </Shown>
    </>
  );
}

function Side({ side, booked }: { readonly side: Payment['debtor']; readonly booked: string }) {
  const words = useWords().payments;
  const { confirmed_at: confirmed, booked_at: at, bank_reference: reference } = side;
  if (confirmed === null) return words.notYet;
  return (
    <>
      {words.confirmedAt(timeOf(confirmed))}
      {at !== null && (
        <>
          <br />
          {booked} {timeOf(at)} · {reference}
        </>
      )}
    </>
  );
}

/** The next step for the community's own side of a payment: to confirm, to wait for the other side, or to book. */
function Actions({ payment }: { readonly payment: Payment }) {
  const words = useWords().payments;
  const own = useOwn();
  const { scopes } = useSignedIn();
  const queries = useQueryClient();
  const { id, debtor, creditor, status } = payment;
  const confirm = useAttempt((of: string, key: string) =>
    answer(api.POST('/v1/settlement-payments/{id}/confirmation', { ...keyedAt(key, { id: of }), body: {} })),
  );
  if (!scopes.includes('settlements:write')) return null;
  const done = () => void queries.invalidateQueries();
  const pays = debtor.community_id === own;
  const side = pays ? debtor : creditor;
  if (side.confirmed_at === null) {
    const question = pays ? words.surePay(yuanFixed(payment.fen)) : words.sureReceive(yuanFixed(payment.fen));
    return (
      <ConfirmButton attempt={confirm} input={id} size="small" type="primary" question={question} done={done}>
        {words.confirm}
      </ConfirmButton>
    );
  }
  if (side.booked_at !== null) return words.done;
  if (status === 'unconfirmed' || status === 'escalated') return words.waitsForOther;
  return <Book id={id} pays={pays} done={done} />;
}

function Book({ id, pays, done }: { readonly id: string; readonly pays: boolean; readonly done: () => void }) {
  const words = useWords().payments;
  const write = ({ bank_reference: typed }: { readonly bank_reference: string }, key: string) => {
    const sent = { ...keyedAt(key, { id }), body: { bank_reference: typed.trim() } };
    return answer(pays ? api.POST('/v1/settlement-payments/{id}/made', sent) : api.POST('/v1/settlement-payments/{id}/received', sent));
  };
  return (
    <Space>
      <FormDialog
        name={`book-${id}`}
        label={pays ? words.bookPaid : words.bookReceived}
        title={pays ? words.bookPaid : words.bookReceived}
        button={{ size: 'small', type: 'primary' }}
        initial={{ bank_reference: '' }}
        write={write}
        at={{ bank_reference_used: 'bank_reference' }}
        done={done}
      >
        <TextItem
          name="bank_reference"
          label={words.reference}
          extra={words.referenceHint}
          bound={postSettlementPaymentsMade.bank_reference}
        />
      </FormDialog>
    </Space>
  );
}
