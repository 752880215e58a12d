/** The few payments that netting leaves: who pays whom, and how far each is. */
import { useQueryClient } from '@tanstack/react-query';
import { keyed, useAttempt } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { AttemptButton } from '../../console/attempt-button.tsx';
import { column, figures, Rows } from '../../console/data-table.tsx';
import { Shown } from '../../console/states.tsx';
import { timeOf, yuanFixed } from '../../shared/format.ts';
import { FigureTable } from '../figure-table.tsx';
import { sumOf } from '../figure.ts';
import { Mark } from '../../console/mark.tsx';
import { useNames, usePayments, type Run } from '../queries.ts';
import { useWords } from '../words.ts';

type Payment = Schemas['SettlementPayment'];

const tones = { unconfirmed: 'plain', escalated: 'bad', confirmed: 'plain', settled: 'good' } as const;

export function Payments({ run }: { readonly run: Run }) {
  return (
    <Shown query={usePayments(run.id)}>
      {(payments) => (
        <>
          <Listed payments={payments} />
          {payments.length > 0 && <PaymentMatrix payments={payments} />}
        </>
      )}
    </Shown>
  );
}

function Listed({ payments }: { readonly payments: readonly Payment[] }) {
  const { runs: words, states } = useWords();
  const names = useNames();
  return (
    <Rows<Payment>
      label={words.tabs.payments}
      empty={words.noPayments}
      rows={payments}
      rowKey={({ id }) => id}
      columns={[
        column(words.debtor, ({ debtor }) => names.of(debtor.community_id)),
        column(words.creditor, ({ creditor }) => names.of(creditor.community_id)),
        figures(words.yuan, ({ fen }) => yuanFixed(fen)),
        column(words.debtorSide, ({ debtor }) => <Side side={debtor} booked={words.made} />),
        column(words.creditorSide, ({ creditor }) => <Side side={creditor} booked={words.received} />),
        column(words.state, ({ status }) => <Mark tone={tones[status]}>{states.payment[status]}</Mark>),
        column(words.act, (payment) => payment.status === 'escalated' && <ConfirmFor payment={payment} />),
      ]}
    />
  );
}

function Side({ side, booked }: { readonly side: Payment['debtor']; readonly booked: string }) {
  const { runs: words } = useWords();
  return (
    <>
      {side.confirmed_at === null ? words.notConfirmed : words.confirmedAt(timeOf(side.confirmed_at))}
      <br />
      {side.booked_at === null ? words.notBooked : `${booked} ${timeOf(side.booked_at)} · ${side.bank_reference}`}
    </>
  );
}

/** The street office confirms for whoever has not in time. */
function ConfirmFor({ payment }: { readonly payment: Payment }) {
  const { runs: words } = useWords();
  const queries = useQueryClient();
  const attempt = useAttempt((id: string, key) =>
    answer(api.POST('/v1/settlement-payments/{id}/confirmation', { params: { ...keyed(key).params, path: { id } }, body: {} })),
  );
  return (
    <AttemptButton attempt={attempt} input={payment.id} done={() => void queries.invalidateQueries({ queryKey: ['runs'] })} size="small">
      {words.confirmFor}
    </AttemptButton>
  );
}

/** The payments in yuan as a table of debtors by creditors, with totals. */
function PaymentMatrix({ payments }: { readonly payments: readonly Payment[] }) {
  const { runs: words } = useWords();
  const names = useNames();
  const debtors = names.all.filter(({ id }) => payments.some(({ debtor }) => debtor.community_id === id));
  const creditors = names.all.filter(({ id }) => payments.some(({ creditor }) => creditor.community_id === id));
  const sum = (some: readonly Payment[]) => (some.length === 0 ? '–' : yuanFixed(sumOf(some, ({ fen }) => fen)));
  const of = (debtor: string | null, creditor: string | null) =>
    payments.filter(
      (each) => (debtor === null || each.debtor.community_id === debtor) && (creditor === null || each.creditor.community_id === creditor),
    );
  return (
    <>
      <h3>{words.paymentMatrix}</h3>
      <FigureTable
        name={words.paymentMatrix}
        head={[words.paymentCorner, ...creditors.map(({ name }) => name), words.total]}
        rows={debtors.map(({ id, name }) => [name, ...creditors.map((creditor) => sum(of(id, creditor.id))), sum(of(id, null))])}
        foot={[words.total, ...creditors.map(({ id }) => sum(of(null, id))), sum(payments)]}
      />
    </>
  );
}
