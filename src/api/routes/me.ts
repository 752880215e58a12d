import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { maskedPhone } from '../../access/index.ts';
import { communityById, monthsOf, residentById, statementPage, walletOfResident } from '../../communities/index.ts';
import { dayOf } from '../../ledger/index.ts';
import { cancelVoucher, isOpen, issueVoucher, mintCode, namesOfOffer, newCode, voucherById, voucherState } from '../../redeem/index.ts';
import { created, requestKey } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { page, pageOf, pageQuery } from '../http/page.ts';
import { requires, residentOf, writes } from '../http/principal.ts';
import { Problem } from '../http/problem.ts';
import { countAtPace } from './own-pace.ts';
import { cancellation, newVoucher, presentIssued, presentVoucher, voucher, vouchersPage } from './voucher-wire.ts';
import { keyOfMovement, movement, presentMovement, presentWallet, statementKey, wallet } from './wallets.ts';
import { codecOf } from '../http/codec.ts';
import { onWire } from '../http/names.ts';
import { residentStatus } from './resident-wire.ts';
import { count, id, namedCommunity, nothing, reason } from '../http/wire.ts';

const shown = codecOf('resident', ['id', 'name'], {
  status: residentStatus,
  spendsFrom: 'The time from which points can be spent again, after the number was changed at a counter; null: they can be spent.',
});
const me = z
  .strictObject({ ...shown.shape, phone: z.string().meta({ description: 'Masked: 138****5678.' }), community: namedCommunity })
  .meta({ id: 'Me' });

const MONTHS_MAX = 24;
const month = z
  .strictObject({
    month: z.string().meta({ description: 'A month of Asia/Shanghai.', examples: ['2026-11'] }),
    earned: count,
    spent: count.meta({ description: 'Turned into vouchers.' }),
    returned: count.meta({ description: 'Points back from vouchers that were cancelled or have expired.' }),
    expired: count,
    taken_back: count.meta({ description: 'Points of grants that were reversed or clawed back.' }),
  })
  .meta({ id: 'Month' });

const minted = codecOf('code', ['voucherId', 'mintedAt', 'expiresAt']);
const shownCode = z
  .strictObject({ ...minted.shape, code: z.string().meta({ description: '18 digits, shown as a QR code, a barcode and in figures.' }) })
  .meta({ id: 'Code' });

const tags = ['me'];
const params = z.strictObject({ id: id('vch') });
const reading = {
  tags,
  operationId: 'getMe',
  summary: 'My own data',
  description: "For a resident's page: the name, the home community and the masked phone.",
  response: { 200: me },
};
const holding = {
  tags,
  operationId: 'getMyWallet',
  summary: 'My points',
  description: "For a resident's page: the balance, by issuer and by the day on which points run out.",
  response: { 200: wallet },
};
const telling = {
  tags,
  operationId: 'listMyMovements',
  summary: 'Every movement of my points',
  description: 'For a resident who looks where points came from and went, newest first.',
  querystring: pageQuery(statementKey),
  response: { 200: pageOf(movement) },
};
const months = z.coerce
  .number()
  .int()
  .min(1)
  .max(MONTHS_MAX)
  .default(12)
  .meta({ description: `1 to ${MONTHS_MAX}.` });
const summing = {
  tags,
  operationId: 'listMyMonths',
  summary: 'The points that I earned and spent, month by month',
  description: 'Newest first, by the time of booking; months without movements are included.',
  querystring: z.strictObject({ months }),
  response: { 200: z.strictObject({ items: z.array(month) }) },
};
const listingVouchers = {
  tags,
  operationId: 'listMyVouchers',
  summary: 'My vouchers',
  description: "For a resident's page: vouchers of every state, newest first.",
  querystring: pageQuery(id('vch')),
  response: { 200: pageOf(voucher) },
};
const readingVoucher = {
  tags,
  operationId: 'getMyVoucher',
  summary: 'One of my vouchers',
  description: "For a resident's page of one voucher.",
  params,
  response: { 200: voucher },
};
const issuing = {
  tags,
  operationId: 'takeVoucher',
  summary: 'Turn points into a voucher',
  description: 'For a resident who picks an offer: its points are put aside at once, and come back if the voucher is cancelled or expires.',
  body: newVoucher,
  response: { 201: voucher },
};
const minting = {
  tags,
  operationId: 'showCode',
  summary: 'Show a code at a till',
  description:
    'For a resident who pays: the code is good for the seconds that its policy says. A page asks for the next one, under a new key, before this one runs out; earlier codes stay good until they run out. A voucher gets one code in 2 seconds and 30 in 10 minutes; beyond that the answer is 429, and nothing is remembered under the key.',
  params,
  body: nothing,
  response: { 201: shownCode },
};
const cancelling = {
  tags,
  operationId: 'cancelMyVoucher',
  summary: 'Cancel a voucher and get its points back',
  description: 'For a resident who no longer wants it. Points whose day has passed meanwhile expire.',
  params,
  body: z.strictObject({ reason }),
  response: { 200: cancellation },
};

/** Reads for a resident. */
export const residentSelf =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, secrets, clock } = deps;
    const config = requires('me:read');

    app.get('/v1/me', { schema: reading, config }, async (request) => {
      const resident = (await residentById(store, residentOf(request)))!;
      const community = (await communityById(store, resident.communityId))!;
      const phone = maskedPhone(secrets.open(resident.phoneSealed));
      return { ...shown.present(resident), phone, community: { id: community.id, name: community.name } };
    });

    app.get('/v1/me/wallet', { schema: holding, config }, async (request) => {
      const residentId = residentOf(request);
      return presentWallet(residentId, await walletOfResident(store, residentId, dayOf(clock())));
    });

    app.get('/v1/me/statement', { schema: telling, config }, async (request) => {
      const { limit, cursor } = request.query;
      const rows = await statementPage(store, residentOf(request), { limit, after: cursor });
      return page(rows, limit, keyOfMovement, presentMovement);
    });

    app.get('/v1/me/months', { schema: summing, config }, async (request) => ({
      items: onWire(await monthsOf(store, residentOf(request), request.query.months, clock())),
    }));

    app.get('/v1/me/vouchers', { schema: listingVouchers, config }, async (request) =>
      vouchersPage(deps, residentOf(request), request.query),
    );

    app.get('/v1/me/vouchers/:id', { schema: readingVoucher, config }, async (request) => {
      const { id: voucherId } = request.params;
      const found = await voucherById(store, voucherId);
      if (found?.residentId !== residentOf(request)) throw new Problem('voucher_not_found', { details: { voucher_id: voucherId } });
      return presentVoucher(await voucherState(store, found), clock());
    });
  };

/** Commands of a resident. */
export const residentCommands =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, submit, secrets, chance, clock, mints } = deps;
    const config = writes('me:write');

    app.post('/v1/me/vouchers', { schema: issuing, config }, async (request, reply) => {
      await countAtPace(deps, request, 'vouchers');
      const { offer_id: offerId, quantity } = request.body;
      const made = await submit(request, reply, issueVoucher, { by: null, residentId: residentOf(request), offerId, quantity });
      created(reply, `/v1/me/vouchers/${made.id}`);
      return presentIssued(made, await namesOfOffer(store, made.offer_id));
    });

    app.post('/v1/me/vouchers/:id/codes', { schema: minting, config }, async (request, reply) => {
      const presented = { residentId: residentOf(request), voucherId: request.params.id };
      mints.take({ ...presented, key: requestKey(request) }, clock());
      const found = await voucherById(store, presented.voucherId);
      // Refused in any case: it is a request that leaves a row, and no code.
      if (found?.residentId !== presented.residentId || !isOpen(found)) await countAtPace(deps, request, 'vouchers');
      const code = newCode(chance);
      const input = { ...presented, codeHash: secrets.hash('code', code), sealedCode: secrets.seal(code) };
      const made = await submit(request, reply, mintCode, input);
      created(reply, `/v1/me/vouchers/${made.voucher_id}`);
      const { sealed_code: sealed, ...rest } = made;
      return { ...onWire(rest), code: secrets.open(sealed) };
    });

    app.post('/v1/me/vouchers/:id/cancellation', { schema: cancelling, config }, async (request, reply) => {
      await countAtPace(deps, request, 'vouchers');
      const by = { residentId: residentOf(request) };
      return onWire(await submit(request, reply, cancelVoucher, { voucherId: request.params.id, by, reason: request.body.reason }));
    });
  };
