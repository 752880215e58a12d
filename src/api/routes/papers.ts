import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { newCode, newPin, printPaper, voucherById } from '../../redeem/index.ts';
import { created } from '../http/commands.ts';
import type { Deps } from '../deps.ts';
import { pinHashOf } from '../till.ts';
import { officerOf, writes } from '../http/principal.ts';
import { codecOf } from '../http/codec.ts';
import { onWire } from '../http/names.ts';
import { id, nothing } from '../http/wire.ts';

const minted = codecOf('code', ['voucherId', 'mintedAt'], { expiresAt: 'The end of the voucher.' });
const paper = z
  .strictObject({
    ...minted.shape,
    code: z.string().meta({ description: '18 digits, for the paper: as a QR code, a barcode and in figures.' }),
    pin: z.string().meta({ description: '6 digits, told to the resident at the counter: not for the paper.' }),
  })
  .meta({ id: 'Paper' });

const printing = {
  tags: ['vouchers'],
  operationId: 'printPaper',
  summary: 'Print a paper voucher for a resident without a phone',
  description: 'Returns a code that is good as long as the voucher, and the PIN that it needs. Five wrong PINs block the paper voucher.',
  params: z.strictObject({ id: id('vch') }),
  body: nothing,
  response: { 201: paper },
};

/** Vouchers on paper, for residents without a phone. */
export const papers =
  (deps: Deps): FastifyPluginAsyncZod =>
  async (app) => {
    const { store, submit, secrets, chance, tell } = deps;

    app.post('/v1/vouchers/:id/papers', { schema: printing, config: writes('vouchers:write') }, async (request, reply) => {
      const code = newCode(chance);
      const pin = newPin(chance);
      const made = await submit(request, reply, printPaper, {
        by: officerOf(request),
        voucherId: request.params.id,
        codeHash: secrets.hash('code', code),
        pinHash: pinHashOf(deps, code, pin),
        sealedCode: secrets.seal(code),
        sealedPin: secrets.seal(pin),
      });
      created(reply, `/v1/vouchers/${made.voucher_id}`);
      if (tell) {
        const { id: subject, residentId } = (await voucherById(store, made.voucher_id))!;
        tell({ residentId, kind: 'paper_printed', subject, at: made.minted_at });
      }
      const { sealed_code: sealedCode, sealed_pin: sealedPin, ...rest } = made;
      return { ...onWire(rest), code: secrets.open(sealedCode), pin: secrets.open(sealedPin) };
    });
  };
