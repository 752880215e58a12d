import { idOf } from '../store/index.ts';
import { type Call, type Command, type Decision, type Facts, many, one, put, type Row, type Want } from '../ledger/index.ts';
import { type Acting, actsFor } from '../access/index.ts';
import { refuse } from './refusals.ts';
import { hasBeenSucceeded } from './succession.ts';

/** The kinds of deeds. A commendation is for an extraordinary deed: at an officer's discretion, with a reason, and a second officer. */
export const actionClasses = ['volunteer', 'deliberation', 'civility', 'commendation'] as const;
type ActionClass = (typeof actionClasses)[number];

export const actionUnits = ['hour', 'event'] as const;

/**
 * The terms of a version of a rule. Points are whole; caps are the points that a resident may earn by the rule in a day, month or year,
 * null: no cap.
 */
export type RuleTerms = {
  readonly name: string;
  readonly per: (typeof actionUnits)[number];
  /** For one hour or one event; for a commendation, the maximum. */
  readonly points: number;
  readonly capDay: number | null;
  readonly capMonth: number | null;
  readonly capYear: number | null;
  /** The first and the last day of the deeds that it covers. */
  readonly validFrom: string;
  readonly validUntil: string | null;
};

export type AddActionRuleInput = {
  readonly by: Acting;
  readonly communityId: string;
  readonly class: ActionClass;
  readonly terms: RuleTerms;
};
type RuleReply = { id: string; rule_version: number };

export const addActionRule: Command<AddActionRuleInput, RuleReply> = {
  name: 'add-action-rule',
  load: loadAddActionRule,
  decide: decideAddActionRule,
};

function loadAddActionRule({ communityId }: AddActionRuleInput): readonly Want[] {
  return [one('community', communityId)];
}

function decideAddActionRule(
  facts: Facts,
  { by, communityId, class: actionClass, terms }: AddActionRuleInput,
  { id: commandId, at }: Call,
): Decision<RuleReply> {
  if (!facts.get('community', communityId)) return refuse('community_not_found', { community_id: communityId });
  if (!actsFor(by, communityId)) return refuse('foreign_community', { community_id: communityId });
  const over = hasBeenSucceeded(facts, communityId, at);
  if (over) return over;
  const id = idOf('rul', commandId);
  const row = { id, ruleVersion: 1, communityId, class: actionClass, ...terms, setAt: at, setBy: by.id };
  return { rows: [put('actionRule', row)], reply: { id, rule_version: 1 } };
}

export type ReviseActionRuleInput = { readonly by: Acting; readonly id: string; readonly terms: RuleTerms };

/** Adds a version; grants made under the earlier ones keep them. */
export const reviseActionRule: Command<ReviseActionRuleInput, RuleReply> = {
  name: 'revise-action-rule',
  load: loadReviseActionRule,
  decide: decideReviseActionRule,
};

function loadReviseActionRule({ id }: ReviseActionRuleInput): readonly Want[] {
  return [many('actionRule', 'rule', id)];
}

function decideReviseActionRule(facts: Facts, { by, id, terms }: ReviseActionRuleInput, { at }: Call): Decision<RuleReply> {
  const newest = newestVersion(facts.list('actionRule', 'rule', id));
  if (!newest) return refuse('action_rule_not_found', { action_rule_id: id });
  if (!actsFor(by, newest.communityId)) return refuse('foreign_community', { community_id: newest.communityId });
  const row = { ...newest, ...terms, ruleVersion: newest.ruleVersion + 1, setAt: at, setBy: by.id };
  return { rows: [put('actionRule', row)], reply: { id, rule_version: row.ruleVersion } };
}

function newestVersion(versions: readonly Row<'actionRule'>[]): Row<'actionRule'> | undefined {
  return versions.toSorted((a, b) => b.ruleVersion - a.ruleVersion)[0];
}

/** The version for a deed of `day`: the newest one whose validity has begun. Undefined if there is none or it has ended. */
export function versionFor(versions: readonly Row<'actionRule'>[], day: string): Row<'actionRule'> | undefined {
  const begun = newestVersion(versions.filter(({ validFrom }) => validFrom <= day));
  return begun && (begun.validUntil === null || day <= begun.validUntil) ? begun : undefined;
}
