/** Communities and people: actors, and grants. */
import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';

export function communityTables(kit: Kit) {
  const { table, id, anyId, communityId, word, reference, name, nameHash, contactHash, contactSecret, text } = kit;
  const { integer, points, instant, day, hash, primaryKey, index, check } = kit;

  const community = table('community', {
    /** Stable for ever, short, ASCII; it stands in account paths. */
    id: communityId('id').primaryKey(),
    name: name('name').notNull(),
    /** The statistical code, where one is known. */
    code: word('code'),
    openedAt: instant('opened_at').notNull(),
    /** The community that bears and is owed the money of this one's redemptions from `succeededFrom` on; both null: none. */
    successorId: communityId('successor_id'),
    succeededFrom: day('succeeded_from'),
    version: integer('version').notNull(),
  });
  const homeId = () =>
    communityId('community_id')
      .notNull()
      .references(() => community.id);

  const resident = table(
    'resident',
    {
      id: id('id', 'res').primaryKey(),
      communityId: homeId(),
      name: name('name').notNull(),
      phoneHash: contactHash('phone_hash').notNull(),
      phoneSealed: contactSecret('phone_sealed').notNull(),
      status: word('status').notNull(),
      statusReason: text('status_reason'),
      registeredAt: instant('registered_at').notNull(),
      version: integer('version').notNull(),
      /** The key by which the name is found; null only until a migration has filled it. */
      nameKey: nameHash('name_key'),
      /** The instant from which points can be spent again, after the number was changed without the one before; null: now. */
      spendsFrom: instant('spends_from'),
      /** Papers that were printed before are good no more; null: all are. */
      papersFrom: instant('papers_from'),
      /** The erasure that is requested or done; null: none. */
      erasureId: id('erasure_id', 'era'),
    },
    (t) => [
      index('resident_community').on(t.communityId, t.id),
      index('resident_community_name').on(t.communityId, t.nameKey, t.id),
      index('resident_name').on(t.nameKey, t.id),
    ],
  );

  /** A phone belongs to one resident at most. */
  const residentPhone = table('resident_phone', {
    hash: contactHash('hash').primaryKey(),
    /** Null: it is free. */
    residentId: id('resident_id', 'res'),
    /** It is no longer the resident's number, and nobody else's until then: its owner may still stop the change. */
    heldUntil: instant('held_until'),
    /** When somebody last signed in with it; null: not since it was registered. */
    heardAt: instant('heard_at'),
    version: integer('version').notNull().default(1),
  });

  const officer = table(
    'officer',
    {
      id: id('id', 'off').primaryKey(),
      /** Null: an officer of the street office. */
      communityId: communityId('community_id').references(() => community.id),
      name: name('name').notNull(),
      /** The resident who the officer is, as two officers stated; null: none, where `residentSince` says that it was stated. */
      residentId: id('resident_id', 'res'),
      /** When that was stated or confirmed last; null: never. */
      residentSince: instant('resident_since'),
      version: integer('version').notNull(),
    },
    (t) => [index('officer_community').on(t.communityId, t.id)],
  );

  /** A credential of a till, an officer, a resident or another machine, bound to the party that it acts for. */
  const client = table(
    'client',
    {
      id: id('id', 'cli').primaryKey(),
      kind: word('kind').notNull(),
      name: name('name').notNull(),
      /** Separated by spaces. */
      scopes: word('scopes').notNull(),
      communityId: communityId('community_id').references(() => community.id),
      merchantId: id('merchant_id', 'mer'),
      storeId: id('store_id', 'sto'),
      officerId: id('officer_id', 'off'),
      residentId: id('resident_id', 'res'),
      secretHash: hash('secret_hash').notNull(),
      /** The secret before the last rotation, good until `previousSecretUntil`. */
      previousSecretHash: hash('previous_secret_hash'),
      previousSecretUntil: instant('previous_secret_until'),
      status: word('status').notNull(),
      createdAt: instant('created_at').notNull(),
      version: integer('version').notNull(),
    },
    (t) => [
      index('client_community').on(t.communityId, t.id),
      index('client_merchant').on(t.merchantId, t.id),
      index('client_resident')
        .on(t.residentId, t.id)
        .where(sql`resident_id is not null`),
    ],
  );

  const actionRule = table(
    'action_rule',
    {
      id: id('id', 'rul').notNull(),
      ruleVersion: integer('rule_version').notNull(),
      communityId: homeId(),
      class: word('class').notNull(),
      name: name('name').notNull(),
      per: word('per').notNull(),
      /** Points for one hour or one event; for a commendation, the maximum. */
      points: points('points').notNull(),
      capDay: points('cap_day'),
      capMonth: points('cap_month'),
      capYear: points('cap_year'),
      validFrom: day('valid_from').notNull(),
      validUntil: day('valid_until'),
      setAt: instant('set_at').notNull(),
      setBy: word('set_by').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.id, t.ruleVersion] }),
      index('action_rule_community').on(t.communityId, t.id),
      check('action_rule_points', sql`${t.points} > 0`),
    ],
  );

  const grant = table(
    'point_grant',
    {
      id: id('id', 'grt').primaryKey(),
      /** The issuer. */
      communityId: homeId(),
      residentId: id('resident_id', 'res').notNull(),
      ruleId: id('rule_id', 'rul').notNull(),
      ruleVersion: integer('rule_version').notNull(),
      quantity: integer('quantity').notNull(),
      points: points('points').notNull(),
      /** Points of it still in the wallet: not in a voucher, not expired, not reversed. */
      remaining: points('remaining').notNull(),
      occurredOn: day('occurred_on').notNull(),
      /** The last day of the lot it belongs to. */
      expiresOn: day('expires_on').notNull(),
      description: text('description').notNull(),
      externalReference: reference('external_reference'),
      grantedAt: instant('granted_at').notNull(),
      grantedBy: anyId('granted_by').notNull(),
      approvedBy: anyId('approved_by'),
      reversedAt: instant('reversed_at'),
      /** When it was clawed back: reversed after it had been spent. Points of it that come back later never reach the wallet. */
      clawedBackAt: instant('clawed_back_at'),
      /** Why it was reversed or clawed back. */
      reversalReason: text('reversal_reason'),
      version: integer('version').notNull(),
    },
    (t) => [
      index('grant_community').on(t.communityId, t.id),
      index('grant_unspent')
        .on(t.residentId, t.communityId, t.expiresOn)
        .where(sql`remaining > 0`),
      index('grant_resident').on(t.residentId, t.id),
      check('grant_remaining', sql`${t.remaining} between 0 and ${t.points}`),
    ],
  );

  /** A community's own reference for a grant counts once. */
  const grantReference = table(
    'grant_reference',
    {
      communityId: communityId('community_id').notNull(),
      reference: reference('reference').notNull(),
      grantId: id('grant_id', 'grt').notNull(),
    },
    (t) => [primaryKey({ columns: [t.reference, t.communityId] })],
  );

  /** The same reference in the form in which references are compared: another spelling of it counts as the same. */
  const foldedGrantReference = table(
    'folded_grant_reference',
    {
      communityId: communityId('community_id').notNull(),
      folded: reference('folded').notNull(),
      grantId: id('grant_id', 'grt').notNull(),
    },
    (t) => [primaryKey({ columns: [t.folded, t.communityId] })],
  );

  /** The existence of a resident's points of one issuer with one expiry date; their number is the balance of the wallet account. */
  const lot = table(
    'lot',
    {
      residentId: id('resident_id', 'res').notNull(),
      communityId: communityId('community_id').notNull(),
      expiresOn: day('expires_on').notNull(),
    },
    (t) => [primaryKey({ columns: [t.residentId, t.communityId, t.expiresOn] })],
  );

  const proposal = table(
    'proposal',
    {
      id: id('id', 'pro').primaryKey(),
      command: word('command').notNull(),
      /** JSON of the command's input. */
      input: text('input').notNull(),
      /** Null: a matter of the street office. */
      communityId: communityId('community_id').references(() => community.id),
      reason: text('reason').notNull(),
      proposedBy: id('proposed_by', 'off').notNull(),
      proposedAt: instant('proposed_at').notNull(),
      lapsesAt: instant('lapses_at').notNull(),
      status: word('status').notNull(),
      decidedBy: id('decided_by', 'off'),
      decidedAt: instant('decided_at'),
      decisionReason: text('decision_reason'),
      /** JSON of the command's reply once approved. */
      result: word('result'),
      version: integer('version').notNull(),
      /** The resident whom it concerns. */
      residentId: id('resident_id', 'res'),
    },
    (t) => [
      index('proposal_community').on(t.communityId, t.id),
      index('proposal_resident')
        .on(t.residentId, t.id)
        .where(sql`resident_id is not null`),
    ],
  );

  const policy = table(
    'policy',
    {
      name: word('name').notNull(),
      policyVersion: integer('policy_version').notNull(),
      /** JSON. */
      value: word('value').notNull(),
      effectiveFrom: instant('effective_from').notNull(),
      setAt: instant('set_at').notNull(),
      proposedBy: word('proposed_by').notNull(),
      approvedBy: word('approved_by').notNull(),
    },
    (t) => [primaryKey({ columns: [t.name, t.policyVersion] })],
  );

  return {
    community,
    resident,
    residentPhone,
    officer,
    client,
    actionRule,
    grant,
    grantReference,
    foldedGrantReference,
    lot,
    proposal,
    policy,
  };
}

export type CommunityTable = ReturnType<typeof communityTables>['community'];
