/** All matters for two officers, of every folder: one object a matter, from which bodies, answers and dispatch are made. */
import { hash } from 'node:crypto';
import { z } from 'zod';
import { adjustmentMatter } from '../../clearing/index.ts';
import {
  credentialMatter,
  type GrantList,
  grantListMatter,
  erasureMatter,
  grantMatter,
  listPoints,
  loginMatter,
  officerMatter,
  phoneMatter,
  officerPersonMatter,
  policyMatter,
  type PolicyName,
  policyNames,
  policySchemas,
  proposalCommands,
  successorMatter,
} from '../../communities/index.ts';
import { maskedSealed, textsOfChange } from '../../access/index.ts';
import { clawBackMatter } from '../../redeem/index.ts';
import type { Row } from '../../store/index.ts';
import { onWire } from '../http/names.ts';
import { comparable } from '../http/same-input.ts';
import {
  communityId,
  count,
  day,
  fen,
  id,
  instant,
  phone as phoneNumber,
  properName,
  points,
  reason,
  rfc3339,
  rfc3339OrNull,
  time,
} from '../http/wire.ts';
import { calendar } from './calendar-wire.ts';
import { described, scopesAsked } from './client-wire.ts';
import { deed, grantOf, listedDeeds, listedOf, presentDeed, proposedDeed } from './grant-wire.ts';
import { matterWire } from './matter-wire.ts';
import { loginName, temporaryPassword } from './sign-in-wire.ts';

const grant = matterWire(grantMatter, {
  called: 'Grant',
  body: deed
    .extend({ points: points.optional().meta({ description: "For a commendation: the points, up to the rule's." }) })
    .transform(({ points: asked = null, ...sent }) => grantOf(sent, asked)),
  input: proposedDeed,
  show: presentDeed,
  names: ({ ruleId, residentId }) => [ruleId, residentId],
  result: z.strictObject({ grant_id: id('grt'), points: count, entry_id: id('ent') }),
  tell: ({ id: grantId, points: granted, entry_id }) => ({ grant_id: grantId, points: granted, entry_id }),
});

const listed = proposedDeed.extend({ worth: count.meta({ description: 'The points that the rule gives, as of proposing.' }) });
const LARGEST = 20;

/** The largest rows first; rows of the same points stay in their order. */
function largestOf({ rows, worth }: GrantList): z.output<typeof listed>[] {
  const all = rows.map((row, n) => ({ ...presentDeed(row), worth: worth[n] ?? 0 }));
  return all.toSorted((a, b) => b.worth - a.worth).slice(0, LARGEST);
}

const grantList = matterWire(grantListMatter, {
  called: 'GrantList',
  body: z.strictObject({ rows: listedDeeds }).transform(({ rows }) => {
    const deeds = rows.map(listedOf);
    return { rows: deeds, hash: hash('sha256', comparable(deeds.map(presentDeed), undefined), 'hex'), worth: [] };
  }),
  input: z.strictObject({
    hash: z.string().meta({
      description:
        'SHA-256 (hex) of the rows as JSON in the form of RFC 8785, without `worth`: to be sent back in `acknowledged`, with `points`.',
    }),
    points: count.meta({ description: 'The sum of the rows.' }),
    people: count.meta({ description: 'The number of residents.' }),
    count: count.meta({ description: 'The number of rows.' }),
    largest: z.array(listed).meta({ description: `The ${LARGEST} rows with the most points, the largest first.` }),
    rows: z.array(listed).optional().meta({ description: 'Left out in a list of proposals.' }),
  }),
  show: (list, _keys, brief) => ({
    hash: list.hash,
    points: listPoints(list),
    people: new Set(list.rows.map(({ residentId }) => residentId)).size,
    count: list.rows.length,
    largest: largestOf(list),
    ...(!brief && { rows: list.rows.map((row, n) => ({ ...presentDeed(row), worth: list.worth[n] ?? 0 })) }),
  }),
  names: (list, brief) =>
    brief
      ? largestOf(list).flatMap(({ action_rule_id, resident_id }) => [action_rule_id, resident_id])
      : list.rows.flatMap(({ ruleId, residentId }) => [ruleId, residentId]),
  result: z.strictObject({ grant_list_id: id('gls'), rows: count, points: count, approved_at: time }),
  tell: ({ id: listId, rows, points: sum, approved_at }) => ({
    grant_list_id: listId,
    rows,
    points: sum,
    approved_at: rfc3339(approved_at),
  }),
  after: ({ id: listId }, { carryOut }) => carryOut(listId),
});

const clawback = matterWire(clawBackMatter, {
  called: 'ClawBack',
  body: z
    .strictObject({ grant_id: id('grt').meta({ description: "A grant of the officer's own community, however much of it is spent." }) })
    .transform(({ grant_id: grantId }) => ({ grantId })),
  reason: reason.meta({ description: 'The reason why the grant was wrong.' }),
  input: z.strictObject({ grant_id: id('grt') }),
  show: ({ grantId }) => ({ grant_id: grantId }),
  names: ({ grantId }) => [grantId],
  result: z.strictObject({
    grant_id: id('grt'),
    points: count,
    voucher_ids: z.array(id('vch')).meta({ description: 'The open vouchers that held points of it, and ended with it.' }),
    clawed_back_at: time,
    entry_id: id('ent'),
  }),
  tell: onWire,
});

const phone = matterWire(phoneMatter, {
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

const erasure = matterWire(erasureMatter, {
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

const effectiveFrom = instant.optional().meta({ description: 'Default: as soon as it is approved.' });
const setting = (name: PolicyName) =>
  z.strictObject({ name: z.literal(name), value: name === 'calendar' ? calendar : policySchemas[name], effective_from: effectiveFrom });

const policy = matterWire(policyMatter, {
  called: 'Policy',
  body: z
    .discriminatedUnion('name', someOf(policyNames.map(setting)))
    .transform(({ name, value, effective_from: from = null }) => ({ name, value, effectiveFrom: from })),
  input: z.strictObject({ name: z.enum(policyNames), value: z.record(z.string(), z.unknown()), effective_from: time.nullable() }),
  show: ({ name, value, effectiveFrom: from }) => ({ name, value: { ...value }, effective_from: rfc3339OrNull(from) }),
  result: z.strictObject({ name: z.enum(policyNames), policy_version: count, effective_from: time }),
  tell: onWire,
});

const officersPerson = id('res')
  .nullable()
  .meta({ description: 'The resident who the officer is; null: none. An officer never grants to oneself or to the own household.' });

const officer = matterWire(officerMatter, {
  called: 'Officer',
  body: z
    .strictObject({
      name: properName(40),
      community_id: communityId.nullable().meta({ description: 'The community that the officer will act for; null: the street office.' }),
      resident_id: officersPerson,
    })
    .transform(({ name, community_id, resident_id }) => ({ name, communityId: community_id, residentId: resident_id })),
  input: z.strictObject({
    name: z.string(),
    community_id: communityId.nullable(),
    resident_id: id('res').nullable().optional().meta({ description: 'Left out: it was proposed before this was asked.' }),
  }),
  show: ({ name, communityId: office, residentId }) => ({
    name,
    community_id: office,
    ...(residentId !== undefined && { resident_id: residentId }),
  }),
  names: ({ residentId }) => (residentId == null ? [] : [residentId]),
  result: z.strictObject({ officer_id: id('off'), community_id: communityId.nullable() }),
  tell: ({ id: officerId, community_id }) => ({ officer_id: officerId, community_id }),
});

const officerPerson = matterWire(officerPersonMatter, {
  called: 'OfficerPerson',
  body: z
    .strictObject({ officer_id: id('off'), resident_id: officersPerson })
    .transform(({ officer_id: officerId, resident_id: residentId }) => ({ officerId, residentId })),
  input: z.strictObject({ officer_id: id('off'), resident_id: id('res').nullable() }),
  show: ({ officerId, residentId }) => ({ officer_id: officerId, resident_id: residentId }),
  names: ({ officerId, residentId }) => (residentId === null ? [officerId] : [officerId, residentId]),
  result: z.strictObject({ officer_id: id('off'), stated_until: time }),
  tell: onWire,
});

const credential = matterWire(credentialMatter, {
  called: 'Credential',
  body: z.strictObject({ officer_id: id('off'), ...described }).transform(({ officer_id: officerId, name, scopes }) => ({
    binding: { kind: 'officer' as const, officerId },
    name,
    scopes: scopesAsked(scopes),
  })),
  input: z.strictObject({ officer_id: id('off'), name: z.string(), scopes: z.array(z.string()).nullable() }),
  show: ({ binding, name, scopes }) => ({ officer_id: binding.officerId, name, scopes: scopes && [...scopes] }),
  names: ({ binding }) => [binding.officerId],
  result: z.strictObject({ client_id: id('cli'), scopes: z.array(z.string()) }),
  tell: ({ id: clientId, scopes }) => ({ client_id: clientId, scopes: [...scopes] }),
  once: ({ sealed_secret }, { secrets }) => ({ client_secret: secrets.open(sealed_secret) }),
});

const login = matterWire(loginMatter, {
  called: 'Login',
  body: z.strictObject({ officer_id: id('off'), name: loginName }).transform(({ officer_id: officerId, name }) => ({ officerId, name })),
  input: z.strictObject({ officer_id: id('off'), name: z.string() }),
  show: ({ officerId, name }) => ({ officer_id: officerId, name }),
  names: ({ officerId }) => [officerId],
  result: z.strictObject({
    login_id: id('lgn'),
    officer_id: id('off'),
    temporary_password: temporaryPassword.optional().meta({
      description:
        "Shown only in the approval's answer and its replays: hand it to the officer to whom the login belongs, who sets another password at once.",
    }),
  }),
  tell: ({ id: loginId, officer_id }) => ({ login_id: loginId, officer_id }),
  draw: async ({ passwords }) => ({ password: await passwords.fresh() }),
  once({ id: loginId, ended_session_ids, sealed_password }, { auth, secrets }) {
    // Tokens of the sessions that ended with the old password are no longer accepted.
    auth.forget(loginId, ...ended_session_ids);
    return { result: { temporary_password: secrets.open(sealed_password) } };
  },
});

const successor = matterWire(successorMatter, {
  called: 'Successor',
  body: z
    .strictObject({
      community_id: communityId.meta({ description: 'The community that is succeeded.' }),
      successor_id: communityId.meta({ description: 'The community that succeeds it.' }),
      effective_from: day.meta({
        description: 'The first business day whose redemptions the successor bears and pays; not before tomorrow.',
      }),
    })
    .transform((asked) => ({ communityId: asked.community_id, successorId: asked.successor_id, effectiveFrom: asked.effective_from })),
  input: z.strictObject({ community_id: communityId, successor_id: communityId, effective_from: day }),
  show: (stored) => ({ community_id: stored.communityId, successor_id: stored.successorId, effective_from: stored.effectiveFrom }),
  result: z.strictObject({ community_id: communityId, successor_id: communityId, effective_from: day }),
  tell: (set) => set,
});

/** More than the communities in any voucher. */
const SHARES_MAX = 50;

const adjustment = matterWire(adjustmentMatter, {
  called: 'Adjustment',
  body: z
    .strictObject({
      entry_id: id('ent').meta({
        description: 'The wrong entry: that of a redemption or its reversal, or the one that an earlier adjustment has put in its place.',
      }),
      right: z
        .strictObject({
          merchant_id: id('mer').meta({ description: 'The merchant to be paid.' }),
          shares: z
            .array(z.strictObject({ community_id: communityId.meta({ description: 'The community that bears the share.' }), fen }))
            .min(1)
            .max(SHARES_MAX),
        })
        .nullable()
        .meta({ description: 'The right amounts; null: nothing should have been booked.' }),
    })
    .transform(({ entry_id: entryId, right }) => ({
      entryId,
      right: right && {
        merchantId: right.merchant_id,
        shares: right.shares.map(({ community_id, fen: share }) => ({ communityId: community_id, fen: share })),
      },
    })),
  input: z.strictObject({
    entry_id: id('ent'),
    right: z
      .strictObject({ merchant_id: id('mer'), shares: z.array(z.strictObject({ community_id: communityId, fen: count })) })
      .nullable(),
  }),
  show: ({ entryId, right }) => ({
    entry_id: entryId,
    right: right && {
      merchant_id: right.merchantId,
      shares: right.shares.map(({ communityId: bearer, fen: share }) => ({ community_id: bearer, fen: share })),
    },
  }),
  names: ({ right }) => (right ? [right.merchantId] : []),
  result: z.strictObject({
    adjustment_id: id('adj'),
    entry_id: id('ent'),
    mirror_id: id('ent').meta({ description: 'The mirror of the wrong entry.' }),
    right_id: id('ent').nullable().meta({ description: 'The right entry; null: nothing should have been booked.' }),
    business_day: day.meta({ description: 'The run that settles this day settles the adjustment.' }),
    adjusted_at: time,
  }),
  tell: ({ id: adjustmentId, ...made }) => ({ adjustment_id: adjustmentId, ...onWire(made) }),
});

const matters = [grant, grantList, clawback, phone, erasure, policy, officer, officerPerson, credential, login, successor, adjustment];

export type MatterName = (typeof matters)[number]['matter']['name'];

export const { propose, approveProposal } = proposalCommands(matters.map(({ matter }) => matter));

/** A command for a second officer to approve, with its input as it is stored. */
export const proposalBody = z.discriminatedUnion('command', someOf(matters.map(({ body }) => body)));
export const matterName = z.enum(matters.map(({ matter }) => matter.name));
/** The proposed input, as a proposal shows it. */
export const proposedInput = z.union(matters.map(({ input, called }) => input.meta({ id: `Proposed${called}` })));
/** The result of the approved command. */
export const approvedResult = z.union(matters.map(({ result, called }) => result.meta({ id: `Approved${called}` })));

/** The matters that an office proposes, as a list for a description. */
export function mattersOf(office: 'community' | 'street'): string {
  const names = matters.filter(({ matter }) => matter.office === office).map(({ matter }) => `\`${matter.name}\``);
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(names);
}

/** The matter that a proposal is about. */
export function matterOf({ command }: Pick<Row<'proposal'>, 'command'>): (typeof matters)[number] {
  const found = matters.find(({ matter }) => matter.name === command);
  if (!found) throw new Error(`no matter ${command}`);
  return found;
}

/** Types a list as non-empty. */
function someOf<T>(items: readonly T[]): [T, ...T[]] {
  const [first, ...rest] = items;
  if (first === undefined) throw new Error('an empty list');
  return [first, ...rest];
}
