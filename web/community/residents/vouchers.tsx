import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Form, Space } from 'antd';
import { NumberInput } from '../../console/number-input.tsx';
import { Link } from 'wouter';
import { keyedAt } from '../../api/attempt.ts';
import { postResidentsVouchers } from '../../api/bounds.ts';
import { allPages, answer, api, PAGE_MAX, type Schemas } from '../../api/client.ts';
import { column, DataTable, figures, pageAt, usePages } from '../../console/data-table.tsx';
import { FormDialog, ReasonDialog } from '../../console/dialog.tsx';
import { rangeOf } from '../../console/rules.ts';
import { lastDayOf, points, yuan, yuanFixed } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { useWords } from '../words.ts';
import { Mark } from '../../console/mark.tsx';
import { Select } from '../../console/select.tsx';

type Voucher = Schemas['Voucher'];

/** The vouchers of a resident, and what an officer may do about them for somebody who has no phone. */
export function Vouchers({ residentId, gone }: { readonly residentId: string; readonly gone: boolean }) {
  const words = useWords().vouchers;
  const mayWrite = useSignedIn().scopes.includes('vouchers:write') && !gone;
  const pages = usePages<Voucher>(['vouchers', residentId], (cursor) =>
    answer(api.GET('/v1/residents/{id}/vouchers', { params: { path: { id: residentId }, query: pageAt(cursor) } })),
  );
  return (
    <>
      <div className="page-head">
        <h2>{words.title}</h2>
        {mayWrite && <Issue residentId={residentId} />}
      </div>
      <DataTable<Voucher>
        label={words.title}
        pages={pages}
        rowKey={({ id }) => id}
        empty={words.none}
        columns={[
          column(words.what, ({ title }) => title),
          figures(words.face, ({ face_fen: fen }) => yuanFixed(fen)),
          figures(words.points, (voucher) => points(voucher.points)),
          column(words.status, ({ status }) => <Mark>{words.statuses[status]}</Mark>),
          column(words.validUntil, ({ valid_until: at }) => lastDayOf(at)),
          column(words.where, ({ redemption, merchant_name: merchant }) => redemption?.store_name ?? merchant ?? words.anywhere),
          column(words.actions, (voucher) => mayWrite && <Actions voucher={voucher} />),
        ]}
      />
    </>
  );
}

function Actions({ voucher: { id, status, title, resident_id: residentId } }: { readonly voucher: Voucher }) {
  const words = useWords().vouchers;
  const queries = useQueryClient();
  const done = () => void queries.invalidateQueries();
  if (status !== 'issued' && status !== 'suspended') return null;
  const next = status === 'issued' ? 'suspended' : 'issued';
  return (
    <Space>
      {status === 'issued' && <Link href={`/residents/${residentId}/papers/${id}`}>{words.print}</Link>}
      <ReasonDialog
        key={next}
        name={`voucher-${next}-${id}`}
        label={words.set[next]}
        title={words.setTitle[next](title)}
        write={({ reason }, key) =>
          answer(api.PUT('/v1/vouchers/{id}/status', { ...keyedAt(key, { id }), body: { status: next, reason } }))
        }
        done={done}
      />
      <ReasonDialog
        name={`cancel-${id}`}
        label={words.cancel}
        title={words.cancelTitle(title)}
        danger
        write={(body, key) => answer(api.POST('/v1/vouchers/{id}/cancellation', { ...keyedAt(key, { id }), body }))}
        done={done}
      >
        <p>{words.cancelHint}</p>
      </ReasonDialog>
    </Space>
  );
}

type Wanted = { readonly offer_id: string | null; readonly quantity: number };

/** Turns a resident's points into a voucher on their behalf. */
function Issue({ residentId }: { readonly residentId: string }) {
  const words = useWords().vouchers;
  const queries = useQueryClient();
  const offers = useQuery({
    queryKey: ['offers'],
    queryFn: () => allPages((cursor) => answer(api.GET('/v1/offers', { params: { query: pageAt(cursor, PAGE_MAX) } }))),
  });
  // Money off any order first: it is what most people come for.
  const options = (offers.data ?? []).filter(({ status }) => status === 'active').toSorted((a, b) => a.kind.localeCompare(b.kind));
  return (
    <FormDialog<Wanted, Voucher>
      name={`issue-${residentId}`}
      label={words.issue}
      title={words.issueTitle}
      initial={{ offer_id: null, quantity: 1 }}
      write={({ offer_id: offerId, quantity }, key) =>
        answer(api.POST('/v1/residents/{id}/vouchers', { ...keyedAt(key, { id: residentId }), body: { offer_id: offerId!, quantity } }))
      }
      said={({ face_fen: fen }) => words.issued(yuan(fen))}
      done={() => void queries.invalidateQueries()}
    >
      <Form.Item name="offer_id" label={words.offer} rules={[{ required: true }]}>
        <Select
          loading={offers.isPending}
          showSearch={{ optionFilterProp: 'label' }}
          options={options.map((offer) => ({
            value: offer.id,
            label: [offer.title, words.costs(points(offer.points)), offer.merchant?.name].filter(Boolean).join(' · '),
          }))}
        />
      </Form.Item>
      <Form.Item name="quantity" label={words.multiples} extra={words.multiplesHint} rules={[{ required: true }]}>
        <NumberInput {...rangeOf(postResidentsVouchers.quantity)} />
      </Form.Item>
    </FormDialog>
  );
}
