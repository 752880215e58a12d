/** People beyond the register: their consent, changes of their numbers and homes, messages, and their leaving. */
import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { CommunityTable } from './communities.ts';

export function peopleTables(kit: Kit, community: CommunityTable) {
  const { table, id, anyId, communityId, word, reference, name, nameHash, contactHash, contactSecret, text } = kit;
  const { integer, points, instant, hash, primaryKey, index, check } = kit;
  const homeId = (column = 'community_id') =>
    communityId(column)
      .notNull()
      .references(() => community.id);

  /** A key by which an officer finds a resident: the end of the phone number, or the name from its n-th character on. */
  const residentKey = table(
    'resident_key',
    {
      residentId: id('resident_id', 'res').notNull(),
      /** 0: the end of the number; from 1 on: the character with which the key begins. */
      place: integer('place').notNull(),
      communityId: homeId(),
      /** Null: there is none any more. */
      key: nameHash('key'),
      version: integer('version').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.residentId, t.place] }),
      index('resident_key_community').on(t.communityId, t.key, t.residentId),
      index('resident_key_all').on(t.key, t.residentId),
    ],
  );

  /** Somebody's consent to a version of the privacy notice: the law asks for it anew with each version. */
  const consent = table(
    'consent',
    {
      residentId: id('resident_id', 'res').notNull(),
      noticeVersion: integer('notice_version').notNull(),
      how: word('how').notNull(),
      /** The number of the signed sheet, where it was given on paper. */
      paperNumber: reference('paper_number'),
      /** The guardian who consented for a child under 14. */
      guardian: name('guardian'),
      /** The officer who took it; null: the person on their own phone. */
      takenBy: id('taken_by', 'off'),
      at: instant('at').notNull(),
      version: integer('version').notNull(),
    },
    (t) => [primaryKey({ columns: [t.residentId, t.noticeVersion] }), check('consent_how', sql`${t.how} in ('phone', 'paper', 'counter')`)],
  );

  /** A registration that somebody made on their own phone, until an officer decides. */
  const registration = table(
    'registration',
    {
      residentId: id('resident_id', 'res').primaryKey(),
      communityId: homeId(),
      madeAt: instant('made_at').notNull(),
      decidedAt: instant('decided_at'),
      decidedBy: id('decided_by', 'off'),
      version: integer('version').notNull(),
    },
    (t) => [
      index('registration_waiting')
        .on(t.communityId, t.residentId)
        .where(sql`decided_at is null`),
    ],
  );

  /** Two registrations that may belong to one person, and the officer's answer in words. */
  const samePerson = table(
    'same_person',
    {
      residentId: id('resident_id', 'res').notNull(),
      otherId: id('other_id', 'res').notNull(),
      communityId: homeId(),
      why: word('why').notNull(),
      foundAt: instant('found_at').notNull(),
      /** 1: it is one person, 0: it is not; null: nobody has answered yet. */
      same: integer('same'),
      answer: text('answer'),
      answeredBy: id('answered_by', 'off'),
      answeredAt: instant('answered_at'),
      version: integer('version').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.residentId, t.otherId] }),
      index('same_person_open')
        .on(t.communityId, t.residentId, t.otherId)
        .where(sql`same is null`),
      index('same_person_other').on(t.otherId, t.residentId),
      check('same_person_why', sql`${t.why} in ('name', 'device')`),
    ],
  );

  /**
   * The residents of a community whose names share sixteen bits of a hash: written by whoever adds one, so that of two processes which add a
   * name at once the second looks again. It holds nothing of the name itself.
   */
  const nameSlot = table('name_slot', { slot: word('slot').primaryKey(), version: integer('version').notNull() });

  /** A correction of a resident's name in the register. */
  const nameCorrection = table(
    'name_correction',
    {
      residentId: id('resident_id', 'res').notNull(),
      correctedAt: instant('corrected_at').notNull(),
      formerName: name('former_name').notNull(),
      reason: text('reason').notNull(),
      correctedBy: id('corrected_by', 'off').notNull(),
      version: integer('version').notNull(),
    },
    (t) => [primaryKey({ columns: [t.residentId, t.correctedAt] })],
  );

  /** A change of a resident's number. The number before is kept for as long as its owner may stop the change. */
  const phoneChange = table(
    'phone_change',
    {
      id: id('id', 'phc').primaryKey(),
      residentId: id('resident_id', 'res').notNull(),
      formerHash: contactHash('former_hash').notNull(),
      formerSealed: contactSecret('former_sealed').notNull(),
      newHash: contactHash('new_hash').notNull(),
      how: word('how').notNull(),
      changedAt: instant('changed_at').notNull(),
      /** The two officers; null: the person, by a code to each number. */
      proposedBy: id('proposed_by', 'off'),
      approvedBy: id('approved_by', 'off'),
      /** The instant from which it can no longer be stopped, and points can be spent again; null: it was made by both codes. */
      closedUntil: instant('closed_until'),
      stoppedAt: instant('stopped_at'),
      stoppedBy: id('stopped_by', 'off'),
      version: integer('version').notNull(),
    },
    (t) => [index('phone_change_resident').on(t.residentId, t.id), check('phone_change_how', sql`${t.how} in ('codes', 'counter')`)],
  );

  /** A resident's move to another community. */
  const residentMove = table(
    'resident_move',
    {
      residentId: id('resident_id', 'res').notNull(),
      movedAt: instant('moved_at').notNull(),
      fromId: homeId('from_id'),
      toId: homeId('to_id'),
      how: word('how').notNull(),
      reason: text('reason'),
      movedBy: id('moved_by', 'off').notNull(),
      version: integer('version').notNull(),
    },
    (t) => [primaryKey({ columns: [t.residentId, t.movedAt] }), check('resident_move_how', sql`${t.how} in ('code', 'counter')`)],
  );

  /** A message to a resident's phone. Its row is claimed before it is sent, so that of several processes one sends it. */
  const messageSent = table(
    'message_sent',
    {
      residentId: id('resident_id', 'res').notNull(),
      kind: word('kind').notNull(),
      /** The thing that it tells of: a change of number, a paper's voucher, a credential. */
      subject: anyId('subject').notNull(),
      /** When that happened: a voucher has several papers, and a credential several secrets. */
      at: instant('at').notNull(),
      /** When a process last took it to send it, and how often one did. */
      claimedAt: instant('claimed_at').notNull(),
      tries: integer('tries').notNull(),
      /** When the gateway had taken it; null: nobody knows that it has. */
      deliveredAt: instant('delivered_at'),
      version: integer('version').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.residentId, t.kind, t.subject, t.at] }),
      index('message_sent_open')
        .on(t.at, t.residentId, t.kind, t.subject)
        .where(sql`delivered_at is null`),
    ],
  );

  /** A resident's leaving, from the request to the report. */
  const erasure = table(
    'erasure',
    {
      id: id('id', 'era').primaryKey(),
      residentId: id('resident_id', 'res').notNull(),
      requestedAt: instant('requested_at').notNull(),
      /** The two officers; null: the person, by a fresh code. */
      requestedBy: id('requested_by', 'off'),
      approvedBy: id('approved_by', 'off'),
      /** The points that the person was told are lost. */
      points: points('points').notNull(),
      /** The instant from which it is carried out, and until which it can be withdrawn. */
      dueAt: instant('due_at').notNull(),
      withdrawnAt: instant('withdrawn_at'),
      /** When the person was ended, the texts were emptied, and all of it was done. */
      endedAt: instant('ended_at'),
      blankedAt: instant('blanked_at'),
      finishedAt: instant('finished_at'),
      version: integer('version').notNull(),
    },
    (t) => [
      index('erasure_open')
        .on(t.dueAt, t.id)
        .where(sql`withdrawn_at is null and finished_at is null`),
      index('erasure_resident').on(t.residentId, t.id),
    ],
  );

  /** A list of people that an officer took out of the service. */
  const listExport = table(
    'list_export',
    {
      id: id('id', 'exp').primaryKey(),
      officerId: id('officer_id', 'off').notNull(),
      communityId: communityId('community_id').references(() => community.id),
      what: word('what').notNull(),
      /** Why names and numbers were wanted in full; null: they were masked. */
      reason: text('reason'),
      rows: integer('rows').notNull(),
      at: instant('at').notNull(),
      version: integer('version').notNull(),
    },
    (t) => [index('list_export_community').on(t.communityId, t.id)],
  );

  /** A list of grants that two officers approved; each row of it is a command of its own. The rows are the proposal's input. */
  const grantList = table(
    'grant_list',
    {
      /** The digits of its proposal. */
      id: id('id', 'gls').primaryKey(),
      communityId: homeId(),
      rows: integer('rows').notNull(),
      points: points('points').notNull(),
      /** SHA-256 of the rows as they were approved. */
      listHash: hash('list_hash').notNull(),
      approvedAt: instant('approved_at').notNull(),
      approvedBy: id('approved_by', 'off').notNull(),
      proposedBy: id('proposed_by', 'off').notNull(),
      granted: integer('granted').notNull(),
      refused: integer('refused').notNull(),
      doneAt: instant('done_at'),
      version: integer('version').notNull(),
    },
    (t) => [
      index('grant_list_open')
        .on(t.approvedAt, t.id)
        .where(sql`done_at is null`),
    ],
  );

  /** A resident who stands in a proposed list, beside others. */
  const proposalPerson = table(
    'proposal_person',
    { residentId: id('resident_id', 'res').notNull(), proposalId: id('proposal_id', 'pro').notNull() },
    (t) => [primaryKey({ columns: [t.residentId, t.proposalId] })],
  );

  return {
    residentKey,
    proposalPerson,
    consent,
    registration,
    samePerson,
    nameSlot,
    nameCorrection,
    phoneChange,
    residentMove,
    messageSent,
    erasure,
    listExport,
    grantList,
  };
}
