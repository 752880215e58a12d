/** Households: who lives with whom, and the codes with which others join. */
import { sql } from 'drizzle-orm';
import type { Kit } from '../kit.ts';
import type { CommunityTable } from './communities.ts';

export function householdTables(kit: Kit, community: CommunityTable) {
  const { table, id, communityId, word, text, integer, instant, hash, primaryKey, index, check } = kit;

  const household = table(
    'household',
    {
      id: id('id', 'hou').primaryKey(),
      /** The home community of its head when it was founded. */
      communityId: communityId('community_id')
        .notNull()
        .references(() => community.id),
      headId: id('head_id', 'res').notNull(),
      foundedAt: instant('founded_at').notNull(),
      endedAt: instant('ended_at'),
      version: integer('version').notNull(),
    },
    (t) => [index('household_community').on(t.communityId, t.id)],
  );

  /** Somebody's time in a household; a second time has another row. */
  const householdMember = table(
    'household_member',
    {
      householdId: id('household_id', 'hou').notNull(),
      residentId: id('resident_id', 'res').notNull(),
      since: instant('since').notNull(),
      until: instant('until'),
      how: word('how').notNull(),
      /** The officer at a counter; null: the member's own session, by the head's code. */
      by: id('by', 'off'),
      reason: text('reason'),
      version: integer('version').notNull(),
    },
    (t) => [
      primaryKey({ columns: [t.householdId, t.residentId, t.since] }),
      index('household_member_resident').on(t.residentId, t.householdId),
      check('household_member_how', sql`${t.how} in ('head', 'code', 'counter')`),
    ],
  );

  /** The household that a resident is in: one at a time. */
  const householdOf = table('household_of', {
    residentId: id('resident_id', 'res').primaryKey(),
    /** Null: none any more. */
    householdId: id('household_id', 'hou'),
    version: integer('version').notNull(),
  });

  /** A code of a household's head, with which others join. */
  const householdCode = table('household_code', {
    hash: hash('hash').primaryKey(),
    householdId: id('household_id', 'hou').notNull(),
    mintedAt: instant('minted_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  });

  return { household, householdMember, householdOf, householdCode };
}
