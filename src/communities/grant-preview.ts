import { type Asking, type Facts, isRefusal, preview, type Refusal, type Row } from '../ledger/index.ts';
import type { View } from '../store/index.ts';
import { versionFor } from './action-rules.ts';
import type { IssuerLimit } from './effective-limit.ts';
import { deedRange, expiryOf, grant, type GrantInput, pointsFor } from './grants.ts';
import { type CapLeft, capsLeft, exposureUse } from './limits.ts';

/** What a grant would come to; null where its rule or its day leaves it open. */
export type GrantPreview = {
  readonly points: number | null;
  readonly expiresOn: string | null;
  /** Of the rule's caps, for this resident on the day of the deed, without this grant. */
  readonly caps: readonly CapLeft[];
  /** Of the issuer, without this grant. */
  readonly limit: IssuerLimit;
  /** Why it would be refused; of what takes a second officer, once that one approves. */
  readonly refusal: Refusal | null;
  readonly secondOfficer: boolean;
};

/** An officer of a community, which would be the issuer. */
type Granting = Omit<GrantInput, 'by' | 'approvedBy'> & { readonly by: { readonly id: string; readonly communityId: string } };

/** What a grant would come to if it were made now. Writes nothing. */
export async function previewGrant(view: View, input: Granting, asking: Asking): Promise<GrantPreview> {
  const { by, occurredOn } = input;
  const { decision, facts } = await preview(view, grant, { ...input, approvedBy: by.id }, asking);
  const rule = ownRule(facts, input);
  const { earliest, latest } = deedRange(facts, asking.at);
  return {
    points: (rule && pointsFor(rule, { ...input, approvedBy: by.id })) ?? null,
    expiresOn: rule && occurredOn >= earliest && occurredOn <= latest ? expiryOf(facts, occurredOn, asking.at) : null,
    caps: rule ? capsLeft(facts, input, rule) : [],
    limit: exposureUse(facts, by.communityId, 0, asking.at).limit,
    refusal: isRefusal(decision) ? decision : null,
    secondOfficer: rule?.class === 'commendation',
  };
}

/** The version of the rule that the grant would go by, where the rule is the officer's community's. */
function ownRule(facts: Facts, { by, ruleId, occurredOn }: Granting): Row<'actionRule'> | undefined {
  const rule = versionFor(facts.list('actionRule', 'rule', ruleId), occurredOn);
  return rule?.communityId === by.communityId ? rule : undefined;
}
