/** The matters for two officers that concern a resident: another number, and leaving. */
import { z } from 'zod';
import { maskedSealed, textsOfChange } from '../../access/index.ts';
import { erasureMatter, phoneMatter } from '../../communities/index.ts';
import { onWire } from '../http/names.ts';
import { count, id, phone as phoneNumber, reason, time } from '../http/wire.ts';
import { matterWire } from './matter-wire.ts';

export const phone = matterWire(phoneMatter, {
  called: 'Phone',
  body: z.strictObject({
    resident_id: id('res').meta({ description: "A resident of the officer's own community, who no longer has the old number." }),
    phone: phoneNumber.meta({ description: 'The new number.' }),
  }),
  store: ({ resident_id: residentId, phone: number }, { secrets }) => ({
    residentId,
    phoneHash: secrets.hash('phone', number),
    phoneSealed: secrets.seal(number),
  }),
  reason: reason.meta({ description: 'How the officers know that it is the resident, and why there is no code of the old number.' }),
  input: z.strictObject({ resident_id: id('res'), phone: z.string().meta({ description: 'Masked: 138****5678.' }) }),
  show: ({ residentId, phoneSealed }, { secrets }) => ({ resident_id: residentId, phone: maskedSealed(secrets, phoneSealed) }),
  names: ({ residentId }) => [residentId],
  result: z.strictObject({
    phone_change_id: id('phc'),
    resident_id: id('res'),
    changed_at: time,
    closed_until: time.meta({ description: 'Until then nothing is spent, and whoever has the old number may stop the change.' }),
  }),
  tell: ({ phone_change_id, resident_id, changed_at, closed_until }) => onWire({ phone_change_id, resident_id, changed_at, closed_until }),
  once({ ended_session_ids }, { auth }) {
    auth.forget(...ended_session_ids);
    return {};
  },
  after({ phone_change_id: changeId, resident_id: residentId, changed_at: changedAt }, { tell }) {
    for (const text of textsOfChange({ id: changeId, residentId, changedAt })) tell?.(text);
  },
});

export const erasure = matterWire(erasureMatter, {
  called: 'Erasure',
  body: z
    .strictObject({ resident_id: id('res').meta({ description: "A resident of the officer's own community, who asked for it." }) })
    .transform(({ resident_id: residentId }) => ({ residentId })),
  input: z.strictObject({ resident_id: id('res') }),
  show: ({ residentId }) => ({ resident_id: residentId }),
  names: ({ residentId }) => [residentId],
  result: z.strictObject({
    erasure_id: id('era'),
    resident_id: id('res'),
    points: count.meta({ description: 'The points in the wallet and in open vouchers, which are lost.' }),
    due_at: time.meta({ description: 'The instant from which it is carried out, and until which it can be withdrawn.' }),
  }),
  tell: ({ id: erasureId, ...rest }) => ({ ...onWire(rest), erasure_id: erasureId }),
});
