import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { maskedPhone } from '../../access/index.ts';
import { communityById, monthsOf, residentById, statementPage, walletOfResident } from '../../communities/index.ts';
import { dayOf } from '../../ledger/index.ts';
import {
  cancelVoucher,
  issueVoucher,
  mintCode,
  namesOfOffer,
  newCode,
  voucherById,
  vouchersOf,
  voucherState,
  voucherStates,
} from '../../redeem/index.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { requires, residentOf, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { cancellation, presentIssued, presentVoucher, quantity, voucher } from './voucher-wire.ts';
import { keyOfMovement, month, movement, statementKey, presentMonth, presentMovement, presentWallet, wallet } from './wallet-wire.ts';
import { id, namedCommunity, nothing, reason, rfc3339, time } from '../http/wire.ts';

const MONTHS_MAX = 24;

const me = z
  .strictObject({
    id: id('res'),
    name: z.string(),
    phone: z.string().meta({ description: 'Masked: 138****5678.' }),
    community: namedCommunity,
    status: z.enum(['active', 'suspended']),
  })
  .meta({ id: 'Me' });

const shownCode = z
  .strictObject({
    voucher_id: id('vch'),
    code: z.string().meta({ description: '18 digits, shown as a QR code, a barcode and in figures.' }),
    minted_at: time,
    expires_at: time,
  })
  .meta({ id: 'Code' });

/** What a resident sees and does. */
export const residentSelf =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, submit, secrets, clock, chance } = deps;
    const tags = ['me'];
    const params = z.strictObject({ id: id('vch') });

    app.get('/v1/me', { schema: { tags, summary: 'Who I am', response: { 200: me } }, config: requires('me:read') }, async (request) => {
      const resident = (await residentById(store, residentOf(request)))!;
      const community = (await communityById(store, resident.communityId))!;
      return {
        id: resident.id,
        name: resident.name,
        phone: maskedPhone(secrets.open(resident.phoneSealed)),
        community: { id: community.id, name: community.name },
        status: resident.status as 'active' | 'suspended',
      };
    });

    app.get(
      '/v1/me/wallet',
      { schema: { tags, summary: 'My points', response: { 200: wallet } }, config: requires('me:read') },
      async (request) => presentWallet(residentOf(request), await walletOfResident(store, residentOf(request), dayOf(clock()))),
    );

    app.get(
      '/v1/me/statement',
      {
        schema: { tags, summary: 'Every movement of my points', querystring: pageQuery(statementKey), response: { 200: pageOf(movement) } },
        config: requires('me:read'),
      },
      async (request) => {
        const { limit, cursor } = request.query;
        const rows = await statementPage(store, residentOf(request), { limit, after: cursor });
        return page(rows, limit, keyOfMovement, presentMovement);
      },
    );

    app.get(
      '/v1/me/months',
      {
        schema: {
          tags,
          summary: 'What I earned and spent, month by month',
          description: 'Newest first, by when it was booked; months in which nothing moved are there as well.',
          querystring: z.strictObject({
            months: z.coerce
              .number()
              .int()
              .min(1)
              .max(MONTHS_MAX)
              .default(12)
              .meta({ description: `1 to ${MONTHS_MAX}.` }),
          }),
          response: { 200: z.strictObject({ items: z.array(month) }) },
        },
        config: requires('me:read'),
      },
      async (request) => ({ items: (await monthsOf(store, residentOf(request), request.query.months, clock())).map(presentMonth) }),
    );

    app.get(
      '/v1/me/vouchers',
      {
        schema: { tags, summary: 'My vouchers', querystring: pageQuery(id('vch')), response: { 200: pageOf(voucher) } },
        config: requires('me:read'),
      },
      async (request) => {
        const { limit, cursor } = request.query;
        const rows = await vouchersOf(store, residentOf(request), { limit, after: cursor });
        const at = clock();
        return page(
          await voucherStates(store, rows),
          limit,
          ({ voucher: { id: last } }) => last,
          (state) => presentVoucher(state, at),
        );
      },
    );

    app.get(
      '/v1/me/vouchers/:id',
      { schema: { tags, summary: 'One of my vouchers', params, response: { 200: voucher } }, config: requires('me:read') },
      async (request) => {
        const { id: voucherId } = request.params;
        const found = await voucherById(store, voucherId);
        if (found?.residentId !== residentOf(request)) throw new Problem('voucher_not_found', { details: { voucher_id: voucherId } });
        return presentVoucher(await voucherState(store, found), clock());
      },
    );

    app.post(
      '/v1/me/vouchers',
      {
        schema: {
          tags,
          summary: 'Turn points into a voucher',
          body: z.strictObject({ offer_id: id('ofr'), quantity }),
          response: { 201: voucher },
        },
        config: writes('me:write'),
      },
      async (request, reply) => {
        const { offer_id: offerId, quantity: multiples } = request.body;
        const input = { by: null, residentId: residentOf(request), offerId, quantity: multiples };
        const made = await submit(request, reply, issueVoucher, input);
        created(reply, `/v1/me/vouchers/${made.id}`);
        return presentIssued(made, await namesOfOffer(store, made.offer_id));
      },
    );

    app.post(
      '/v1/me/vouchers/:id/codes',
      {
        schema: { tags, summary: 'Show a code at a till', params, body: nothing, response: { 201: shownCode } },
        config: writes('me:write'),
      },
      async (request, reply) => {
        const code = newCode(chance);
        const input = { codeHash: secrets.hash('code', code), sealedCode: secrets.seal(code) };
        const made = await submit(request, reply, mintCode, { ...input, residentId: residentOf(request), voucherId: request.params.id });
        reply.code(201);
        return {
          voucher_id: made.voucher_id,
          code: secrets.open(made.sealed_code),
          minted_at: rfc3339(made.minted_at),
          expires_at: rfc3339(made.expires_at),
        };
      },
    );

    app.post(
      '/v1/me/vouchers/:id/cancellation',
      {
        schema: { tags, summary: 'Take my points back', params, body: z.strictObject({ reason }), response: { 200: cancellation } },
        config: writes('me:write'),
      },
      async (request, reply) => {
        const by = { residentId: residentOf(request) };
        const made = await submit(request, reply, cancelVoucher, { voucherId: request.params.id, by, reason: request.body.reason });
        return { ...made, cancelled_at: rfc3339(made.cancelled_at) };
      },
    );
  };
