/** The end of the story: the street office settles the month, and two communities make the payment between them. */
import { addDays } from '../../ledger/index.ts';
import { type Answer, textIn, valueAt } from './http.ts';
import type { Cast } from './story.ts';

export async function settlesMonth({ scheme, teller, today }: Cast): Promise<void> {
  const street = scheme.street[0]!;
  const yesterday = addDays(today, -1);
  teller.scene(`The street office settles the month, up to ${yesterday}`);
  teller.tell(`${street.name} opens a run over the days that are not settled yet, and closes it: its totals freeze.`);
  const as = street.credential;
  await teller.token(as);
  const path = '/v1/settlement-runs';
  const body = { through_day: yesterday };
  const show = ['id', 'number', 'state', 'from_day', 'through_day'];
  const runId = textIn(await teller.ask({ as, method: 'POST', path, key: 'settle-1', body, expect: 201, show }), 'id');
  await teller.ask({
    as,
    method: 'POST',
    path: `${path}/${runId}/close`,
    key: 'settle-2',
    expect: 200,
    show: ['state', 'gross_fen', 'net_fen', 'saved_fen', 'unconfirmed', 'unpaid'],
  });
  teller.tell('What is left after netting is paid from community to community. Both sides confirm; each books its own bank.');
  const payments = await teller.ask({
    as,
    method: 'GET',
    path: `${path}/${runId}/payments`,
    expect: 200,
    show: ['items.fen'],
  });
  await settles({ scheme, teller, today }, payments);
}

async function settles({ scheme, teller }: Cast, payments: Answer): Promise<void> {
  const first = (name: string) => textIn({ ...payments, body: valueAt(payments.body, 'items.0') as Answer['body'] }, name);
  const path = `/v1/settlement-payments/${first('id')}`;
  const [debtor, creditor] = [first('debtor.community_id'), first('creditor.community_id')].map((id) =>
    scheme.communities.find((community) => community.id === id)!,
  );
  for (const [n, { officers }] of [debtor!, creditor!].entries()) {
    const as = officers[0]!.credential;
    await teller.ask({ as, method: 'POST', path: `${path}/confirmation`, key: `confirm-${n + 1}`, expect: 200, show: ['fen', 'status'] });
  }
  for (const [what, { officers }] of [['made', debtor!] as const, ['received', creditor!] as const]) {
    await teller.ask({
      as: officers[0]!.credential,
      method: 'POST',
      path: `${path}/${what}`,
      key: `${what}-1`,
      body: { bank_reference: `BANK-${what}-0001` },
      expect: 200,
      show: ['status'],
    });
  }
  teller.tell('The other payments wait for their two sides, and the merchants for the payout files.');
}
