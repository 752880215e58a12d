import { type Asking, type Facts, isRefusal, preview, type Refusal, type Row } from '../ledger/index.ts';
import type { View } from '../store/index.ts';
import { versionFor } from './action-rules.ts';
import type { IssuerLimit } from './effective-limit.ts';
import { deedRange, expiryOf, grant, type GrantInput, pointsFor } from './grants.ts';
import { type CapLeft, capsLeft, exposureUse } from './limits.ts';
import { aloneLimits, type AloneLimit, takesTwo } from './people/granting.ts';
import { personUntil } from './people/officer-person.ts';

/** The result that a grant would have; a member is null if the rule or the day does not determine it. */
export type GrantPreview = {
  readonly points: number | null;
  readonly expiresOn: string | null;
  /** The rule's caps, for this resident on the day of the deed, without this grant. */
  readonly caps: readonly CapLeft[];
  /** The issuer's limit, without this grant. */
  readonly limit: IssuerLimit;
  /** The refusal that it would get; for a grant that takes a second officer, once that officer approves. */
  readonly refusal: Refusal | null;
  readonly secondOfficer: boolean;
  readonly alone: Alone;
};

/** The points that the officer may grant to this resident without a second officer. */
type Alone = {
  /** The refusal that the grant would get without a second officer, who could approve it; null: there is no such refusal. */
  readonly refusal: Refusal | null;
  /** Without this grant. */
  readonly limits: readonly AloneLimit[];
  /** The instant until which the officer's statement of who they are as a resident counts; null: there is none. Epoch milliseconds. */
  readonly personUntil: number | null;
};

/** An officer of a community, which would be the issuer. */
type Granting = Omit<GrantInput, 'by' | 'approvedBy'> & { readonly by: { readonly id: string; readonly communityId: string } };

/** The result that a grant would have if it were made now. Writes nothing. */
export async function previewGrant(view: View, input: Granting, asking: Asking): Promise<GrantPreview> {
  const { by, occurredOn } = input;
  const { decision: alone, facts } = await preview(view, grant, { ...input, approvedBy: null }, asking);
  const forTwo = isRefusal(alone) && takesTwo.has(alone.refused);
  const decision = forTwo ? (await preview(view, grant, { ...input, approvedBy: by.id }, asking)).decision : alone;
  const officer = facts.get('officer', by.id);
  const rule = ownRule(facts, input);
  const { earliest, latest } = deedRange(facts, asking.at);
  return {
    points: (rule && pointsFor(rule, input)) ?? null,
    expiresOn: rule && occurredOn >= earliest && occurredOn <= latest ? expiryOf(facts, occurredOn, asking.at) : null,
    caps: rule ? capsLeft(facts, input, rule) : [],
    limit: exposureUse(facts, by.communityId, 0, asking.at).limit,
    refusal: isRefusal(decision) ? decision : null,
    secondOfficer: forTwo || rule?.class === 'commendation',
    alone: {
      refusal: forTwo ? alone : null,
      limits: aloneLimits(facts, { ...input, approvedBy: null }, asking.at),
      personUntil: officer ? personUntil(officer) : null,
    },
  };
}

/** The version of the rule that the grant would use, if the rule belongs to the officer's community. */
export function ownRule(
  facts: Facts,
  { by, ruleId, occurredOn }: Pick<Granting, 'by' | 'ruleId' | 'occurredOn'>,
): Row<'actionRule'> | undefined {
  const rule = versionFor(facts.list('actionRule', 'rule', ruleId), occurredOn);
  return rule?.communityId === by.communityId ? rule : undefined;
}
