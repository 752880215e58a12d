import { useQueryClient } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { NumberInput } from '../../console/number-input.tsx';
import { keyed, keyedAt } from '../../api/attempt.ts';
import { postOffers } from '../../api/bounds.ts';
import { answer, api, PAGE_MAX, type Schemas } from '../../api/client.ts';
import { column, figures, pageAt, Rows } from '../../console/data-table.tsx';
import { FormDialog, ReasonDialog } from '../../console/dialog.tsx';
import { Shown } from '../../console/states.tsx';
import { amountRule, rangeOf } from '../../console/rules.ts';
import { TextItem } from '../../console/text-item.tsx';
import { fenOf, points, yuanFixed } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { useEvery } from '../every.ts';
import { useOwn } from '../names.ts';
import { useWords } from '../words.ts';
import { Mark } from '../../console/mark.tsx';

type Merchant = Schemas['MerchantWithStores'];
type Offer = Schemas['Offer'];

/** The offers of a merchant, each for a number of points. */
export function Offers({ merchant }: { readonly merchant: Merchant }) {
  const words = useWords().offers;
  const own = useOwn();
  const mayWrite = useSignedIn().scopes.includes('offers:write') && merchant.community_id === own;
  const offers = useEvery<Offer>(['offers'], (cursor) => answer(api.GET('/v1/offers', { params: { query: pageAt(cursor, PAGE_MAX) } })));
  return (
    <>
      {mayWrite && (
        <p>
          <Create merchantId={merchant.id} />
        </p>
      )}
      <Shown query={offers}>
        {(found) => (
          <Rows<Offer>
            label={words.title}
            rows={found.filter(({ merchant_id: of }) => of === merchant.id)}
            rowKey={({ id }) => id}
            empty={words.none}
            columns={[
              column(words.what, ({ title }) => title),
              figures(words.points, (offer) => points(offer.points)),
              figures(words.settlement, ({ settlement_fen: fen }) => (fen === null ? '' : yuanFixed(fen))),
              column(words.state, ({ status }) => <Mark>{words.states[status]}</Mark>),
              column(words.actions, (offer) => mayWrite && <SetStatus offer={offer} />),
            ]}
          />
        )}
      </Shown>
    </>
  );
}

function SetStatus({ offer: { id, status, title } }: { readonly offer: Offer }) {
  const words = useWords().offers;
  const queries = useQueryClient();
  const next = status === 'active' ? 'withdrawn' : 'active';
  return (
    <ReasonDialog
      key={next}
      name={`offer-${next}-${id}`}
      label={words.set[next]}
      title={words.setTitle[next](title)}
      write={({ reason }, key) => answer(api.PUT('/v1/offers/{id}/status', { ...keyedAt(key, { id }), body: { status: next, reason } }))}
      done={() => void queries.invalidateQueries({ queryKey: ['offers'] })}
    />
  );
}

type Entered = { readonly title: string; readonly points: number | null; readonly settlement: string };

function Create({ merchantId }: { readonly merchantId: string }) {
  const words = useWords().offers;
  const queries = useQueryClient();
  return (
    <FormDialog<Entered, Offer>
      name={`offer-${merchantId}`}
      label={words.create}
      title={words.create}
      initial={{ title: '', points: null, settlement: '' }}
      write={({ title, points: price, settlement }, key) => {
        const body = {
          kind: 'item' as const,
          title,
          points: price!,
          merchant_id: merchantId,
          settlement_fen: fenOf(settlement, postOffers.item.settlement_fen)!,
        };
        return answer(api.POST('/v1/offers', { ...keyed(key), body }));
      }}
      at={{ offer_above_rate: 'settlement' }}
      done={() => void queries.invalidateQueries({ queryKey: ['offers'] })}
    >
      <TextItem name="title" label={words.what} bound={postOffers.item.title} />
      <Form.Item name="points" label={words.points} rules={[{ required: true }]}>
        <NumberInput {...rangeOf(postOffers.item.points)} />
      </Form.Item>
      <Form.Item
        name="settlement"
        label={words.settlement}
        extra={words.settlementHint}
        rules={[{ required: true }, amountRule(postOffers.item.settlement_fen, words.noAmount)]}
      >
        <Input inputMode="decimal" />
      </Form.Item>
    </FormDialog>
  );
}
