import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { maskedName } from '../../access/index.ts';
import { storeById, terminalById } from '../../communities/index.ts';
import { isUsedUp, notRedeemable, offerById, type Presented, presentedNow } from '../../redeem/index.ts';
import type { Row, View } from '../../store/index.ts';
import type { Deps } from '../deps.ts';
import { merchantOf, requires } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { presentRefusal, refusal, yuan } from './redemption-wire.ts';
import { laneOf } from '../lanes.ts';
import { code } from '../till.ts';
import { count, id, rfc3339, time } from '../http/wire.ts';

const inspection = z
  .strictObject({
    redeemable: z.boolean(),
    refusal: refusal.nullable().meta({ description: 'The reason why it is not redeemable here and now.' }),
    voucher: z
      .strictObject({
        id: id('vch'),
        kind: z.enum(['cash', 'item']),
        title: z.string(),
        points: count,
        face_fen: count,
        valid_until: time,
        resident_name: z.string().meta({ description: 'Masked: 陈**.' }),
      })
      .nullable(),
    pin_required: z.boolean().meta({ description: 'The code is on paper: a redemption needs its PIN.' }),
    cashier_message: z.string(),
  })
  .meta({
    id: 'Inspection',
    examples: [
      {
        redeemable: true,
        refusal: null,
        voucher: {
          id: 'vch_0199c2a4b2c07d4e9b6c7d8e9f0a1b2c',
          kind: 'cash',
          title: '10 元代金券',
          points: 100,
          face_fen: 1_000,
          valid_until: '2027-02-21T16:00:00.000Z',
          resident_name: '王**',
        },
        pin_required: false,
        cashier_message: '可以核销，抵扣 10 元',
      },
    ],
  });

/** An old code shows nothing about its voucher, and neither does any code to a merchant that may not redeem. */
function isShown({ code: shown, voucher, merchant, at }: Presented): boolean {
  return shown !== undefined && voucher !== undefined && !isUsedUp(shown, voucher) && at < shown.expiresAt && merchant.status === 'active';
}

async function titleOf(store: View, { offerId }: Row<'voucher'>): Promise<string> {
  return (await offerById(store, offerId))!.title;
}

function present(voucher: Row<'voucher'>, resident: Row<'resident'>, title: string) {
  return {
    id: voucher.id,
    kind: voucher.kind as 'cash' | 'item',
    title,
    points: voucher.points,
    face_fen: voucher.faceFen,
    valid_until: rfc3339(voucher.validUntil),
    resident_name: maskedName(resident.name),
  };
}

const inspecting = {
  tags: ['redemptions'],
  operationId: 'inspectVoucher',
  summary: 'Inspect a voucher before it is redeemed',
  description:
    'For a till that wants to show what a code is worth before the order is closed. It is no promise: a redemption may still be refused. It changes nothing, and may be sent again; a wrong code counts as a guess each time.',
  body: z.strictObject({
    code,
    terminal_id: id('ter').optional().meta({ description: 'The terminal that asks: wrong codes are counted by it.' }),
  }),
  response: { 200: inspection },
};

/** Throws `terminal_not_found` if the terminal stands in no store that the till acts for. */
async function assertTerminal(store: View, terminalId: string, till: ReturnType<typeof merchantOf>): Promise<void> {
  const terminal = await terminalById(store, terminalId);
  const place = terminal && (await storeById(store, terminal.storeId));
  const own = place?.merchantId === till.merchantId && (till.storeId === undefined || place.id === till.storeId);
  if (!own) throw new Problem('terminal_not_found', { details: { terminal_id: terminalId } });
}

/** Inspections: the facts that a till may learn before it redeems. */
export const inspections =
  ({ store, secrets, guards, clock }: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/v1/vouchers/inspect',
      { schema: inspecting, config: requires('vouchers:inspect', 'terminal_not_found') },
      async (request) => {
        const { code: typed, terminal_id: terminalId } = request.body;
        const { lanes } = guards;
        const lane = laneOf(request, terminalId);
        const at = clock();
        const isOpen = lanes.isOpen(lane, at);
        if (!isOpen) lanes.look(lane, at);
        const { merchantId } = merchantOf(request);
        if (terminalId !== undefined) await assertTerminal(store, terminalId, merchantOf(request));
        const presented = await presentedNow(store, secrets.hash('code', typed), merchantId, at);
        const refused = notRedeemable(presented);
        const { voucher, resident } = presented;
        if (!presented.code) lanes.miss(lane, 'code', at);
        if (!presented.code && !isOpen) throw lanes.turnedAway(lane, at);
        const shown = voucher && resident && isShown(presented) ? present(voucher, resident, await titleOf(store, voucher)) : null;
        const pinRequired = presented.code?.pinHash != null;
        const why = refused ? presentRefusal(refused, request.id) : null;
        return {
          redeemable: !refused,
          refusal: why,
          voucher: shown,
          pin_required: pinRequired,
          cashier_message:
            why?.cashier_message ?? `可以核销，抵扣 ${yuan(voucher!.faceFen)} 元${pinRequired ? '，请居民输入 6 位密码' : ''}`,
        };
      },
    );
  };
