/** The contents of the form to grant with, and the deed that is sent. */
import type { Schemas } from '../../api/client.ts';
import { today } from '../../shared/format.ts';
import type { Picked } from '../../console/resident-picker.tsx';

export type Rule = Schemas['ActionRuleVersion'];

export type Entered = {
  readonly resident: Picked | null;
  readonly action_rule_id: string | null;
  readonly quantity: number | null;
  /** Only for a commendation, in which an officer chooses the points. */
  readonly points: number | null;
  readonly occurred_on: string;
  readonly description: string;
  /** Why it is to be approved, of a grant that takes a second officer. */
  readonly reason?: string;
};

export function nothingEntered(): Entered {
  return { resident: null, action_rule_id: null, quantity: 1, points: null, occurred_on: today(), description: '', reason: '' };
}

/** After one is granted the next of the list: the rule and the date stay. */
export function nextOf({ action_rule_id, occurred_on }: Entered): Entered {
  return { ...nothingEntered(), action_rule_id, occurred_on };
}

/** The deed as it is sent; undefined while something is missing. Without a description it takes the rule's name. */
export function deedOf(entered: Entered, rule: Rule | undefined) {
  const { resident, quantity, occurred_on, description } = entered;
  if (!resident || !rule || !quantity || occurred_on === '') return undefined;
  const said = description.trim();
  return {
    action_rule_id: rule.id,
    resident_id: resident.value,
    quantity,
    occurred_on,
    description: said === '' ? rule.name : said,
  };
}

/** Whether it takes a second officer: points at discretion. */
export function isCommendation(rule: Rule | undefined): boolean {
  return rule?.class === 'commendation';
}
