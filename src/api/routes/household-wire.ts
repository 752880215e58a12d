/** How households are shown: to their members, and to officers. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { householdMembers, type HouseholdListed, residentsNamed } from '../../communities/index.ts';
import type { Row, View } from '../../store/index.ts';
import { digitsOf, householdCodeOf } from '../../text/index.ts';
import { codecOf } from '../http/codec.ts';
import { faulty } from '../http/field-codes.ts';
import { comparedBy } from '../http/same-input.ts';
import { communityId, count, id, PASTED_MAX, READ_AS, rfc3339, time } from '../http/wire.ts';
import { officerName, officerNames, residentNameFor } from '../office.ts';

export const EXAMPLE_CODE = 'K7WM3RXQ';

/** The answers to the commands on a household, at a counter and of its members. */
export const founded = z
  .strictObject({ id: id('hou'), community_id: communityId, head_id: id('res'), founded_at: time })
  .meta({ id: 'NewHousehold' });
export const joined = z.strictObject({ household_id: id('hou'), resident_id: id('res'), since: time });
export const left = z.strictObject({ household_id: id('hou'), resident_id: id('res'), left_at: time });
export const handedOver = z.strictObject({ household_id: id('hou'), head_id: id('res') });
export const ended = z.strictObject({ household_id: id('hou'), ended_at: time });

/** The member whom a hand-over makes the head. */
export const nextHead = id('res').meta({ description: 'The member who is the head from now on.' });

/** A household's code as it is typed. */
export const householdCode = comparedBy(
  z
    .string()
    .max(PASTED_MAX)
    .overwrite((sent) => householdCodeOf(sent) ?? sent),
  (sent) => householdCodeOf(sent) ?? digitsOf(sent),
)
  .refine((read) => householdCodeOf(read) === read, faulty('not_a_household_code'))
  .meta({
    description: 'The 8 characters that the head shows: upper or lower case, also in full width; spaces and hyphens are left out.',
    examples: [EXAMPLE_CODE],
    [READ_AS]: '^[2-9A-HJKMNP-Z]{8}$',
  });

const shown = codecOf('household', ['id', 'foundedAt', 'endedAt'], {
  communityId: 'The home community of the head when it was founded: its officers serve it.',
  headId: 'The resident who is its head: who hands out its code, hands it over and ends it.',
});
const since = time.meta({ description: 'When this member came.' });

const myMember = z.strictObject({ resident_id: id('res'), name: z.string(), since });
export const myHousehold = z.strictObject({ ...shown.shape, members: z.array(myMember) }).meta({ id: 'MyHousehold' });

/** A household as its members see it: who joins shows the others their name. */
export async function presentMyHousehold(view: View, household: Row<'household'>): Promise<z.output<typeof myHousehold>> {
  const members = (await householdMembers(view, household.id)).filter(({ until }) => until === null);
  const names = await residentsNamed(
    view,
    members.map(({ residentId }) => residentId),
  );
  return {
    ...shown.present(household),
    members: members.map(({ residentId, since: from }) => ({
      resident_id: residentId,
      name: names.get(residentId)!.name,
      since: rfc3339(from),
    })),
  };
}

const stay = codecOf('householdMember', ['residentId', 'since', 'until', 'reason'], {
  how: z.enum(['head', 'code', 'counter']).meta({ description: 'As its founder, by the code of the head, or by an officer at a counter.' }),
  by: 'The officer at a counter; null: the member in their own session.',
});
const member = z.strictObject({
  ...stay.shape,
  name: z.string().meta({ description: "Masked if the resident belongs to another community than the officer's own." }),
  community_id: communityId.meta({ description: 'The home community of the member now, whose officers read their page.' }),
  by_name: officerName,
});
export const household = z
  .strictObject({
    ...shown.shape,
    members: z.array(member).meta({ description: 'Everybody who is or was in it, in the order of coming.' }),
  })
  .meta({ id: 'Household' });

export async function presentHousehold(request: FastifyRequest, view: View, row: Row<'household'>): Promise<z.output<typeof household>> {
  const members = await householdMembers(view, row.id);
  const names = await residentsNamed(
    view,
    members.map(({ residentId }) => residentId),
  );
  const officers = await officerNames(
    request,
    view,
    members.map(({ by }) => by),
  );
  return {
    ...shown.present(row),
    members: members.map((each) => ({
      ...stay.present(each),
      name: residentNameFor(request, names.get(each.residentId)!),
      community_id: names.get(each.residentId)!.communityId,
      by_name: officers(each.by),
    })),
  };
}

export const listedHousehold = z
  .strictObject({
    ...shown.shape,
    head_name: z.string(),
    members: count.meta({ description: 'How many are in it now.' }),
  })
  .meta({ id: 'ListedHousehold' });

export async function householdsPresenter(request: FastifyRequest, view: View, rows: readonly HouseholdListed[]) {
  const names = await residentsNamed(
    view,
    rows.map(({ headId }) => headId),
  );
  return (row: HouseholdListed): z.output<typeof listedHousehold> => ({
    ...shown.present(row),
    head_name: residentNameFor(request, names.get(row.headId)!),
    members: row.members,
  });
}
