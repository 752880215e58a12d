/** Finds out of each line of a list whom it names, and the deed that would be sent. */
import { answer, api, ApiProblem, PAGE_MAX } from '../../api/client.ts';
import { postProposals } from '../../api/bounds.ts';
import { sameName } from '../../../src/text/index.ts';
import { fits } from '../../shared/bounds.ts';
import type { DeedRow, Fault } from '../../shared/lists/deeds.ts';
import { type Rule } from './entered.ts';

const BOUNDS = postProposals.grant_list.input.rows.items;

/** The deed of a line as it will be sent, whole. */
export type Item = {
  readonly action_rule_id: string;
  readonly resident_id: string;
  readonly quantity: number;
  readonly occurred_on: string;
  readonly description: string;
  readonly external_reference: string;
  /** The points of a commendation. */
  readonly points?: number;
};

/** A resident who was found; the name is masked if the resident belongs to another community. */
export type Found = { readonly id: string; readonly name: string; readonly phone: string; readonly own: boolean };

/** Why a line cannot be granted, as far as the line itself says, or the register. */
export type LineFault = Fault['code'] | 'quantity' | 'unit' | 'too_long' | 'nobody' | 'several' | 'unasked';

/**
 * How the name on the list compares with the registered one; `masked` is the same as far as it can be seen, and `unsaid` if the list has only
 * a phone or only a name.
 */
export type NameCompared = 'same' | 'different' | 'masked' | 'unsaid';

export type Line = {
  readonly row: DeedRow;
  readonly found: Found | undefined;
  readonly name: NameCompared;
  /** The deed; also of a line with a fault, as far as it is known. */
  readonly said: Omit<Item, 'resident_id' | 'external_reference'> & { readonly reference: string };
  readonly item: Item | undefined;
  readonly fault: { readonly code: LineFault; readonly cell: string; readonly amount?: number } | undefined;
};

type Asked = { readonly rule: Rule; readonly day: string; readonly community: string };

const AT_ONCE = 6;

/** Checks the rows, some at a time; `told` hears how many are done. Throws what the API answers beside an unknown resident. */
export async function checkedLines(rows: readonly DeedRow[], asked: Asked, told: (done: number) => void): Promise<Line[]> {
  const lines: Line[] = [];
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    lines.push(...(await Promise.all(rows.slice(at, at + AT_ONCE).map((row) => lineOf(row, asked)))));
    told(lines.length);
  }
  return lines;
}

async function lineOf(row: DeedRow, { rule, day, community }: Asked): Promise<Line> {
  const said = {
    action_rule_id: rule.id,
    quantity: row.quantity,
    occurred_on: row.day ?? day,
    description: row.text ?? rule.name,
    reference: row.reference ?? '',
  };
  const nothing = { row, said, found: undefined, name: 'unsaid', item: undefined } as const;
  const [faulty] = row.faults;
  const fault = faulty ?? boundFault(row, rule);
  if (fault) return { ...nothing, fault };
  const found = await residentOf(row, community);
  if (typeof found === 'string') return { ...nothing, fault: { code: found, cell: row.phone ?? row.name ?? '' } };
  const { reference, ...deed } = said;
  const resident = { ...deed, resident_id: found.id };
  const item = { ...resident, external_reference: reference === '' ? await referenceOf(resident) : reference };
  const shown = { ...said, reference: item.external_reference };
  return { row, said: shown, found, name: compared(row, found), item, fault: undefined };
}

function boundFault({ quantity, unit, text, reference }: DeedRow, { per }: Rule): Line['fault'] {
  if (quantity < BOUNDS.quantity.minimum || quantity > BOUNDS.quantity.maximum) return { code: 'quantity', cell: String(quantity) };
  if (unit !== undefined && unit !== per) return { code: 'unit', cell: String(quantity) };
  if (text !== null && !fits(BOUNDS.description, text)) return { code: 'too_long', cell: text };
  if (reference !== null && !fits(BOUNDS.external_reference, reference)) return { code: 'too_long', cell: reference };
  return undefined;
}

/** The resident with the phone, or else the only one of the own community with exactly this name. */
async function residentOf({ phone, name }: DeedRow, community: string): Promise<Found | 'nobody' | 'several' | 'unasked'> {
  try {
    const params = { query: { limit: PAGE_MAX } };
    const found = await answer(api.POST('/v1/residents/lookup', { params, body: phone === null ? { name: name! } : { phone } }));
    const all = 'items' in found ? found.items.filter((each) => sameName(each.name) === sameName(name!)) : [found];
    const [only, ...others] = all;
    if (others.length > 0) return 'several';
    if (only === undefined) return 'nobody';
    return { id: only.id, name: only.name, phone: phone ?? only.phone, own: only.community_id === community };
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return 'nobody';
    if (error instanceof ApiProblem && error.code === 'too_many_guesses') return 'unasked';
    throw error;
  }
}

function compared({ phone, name }: DeedRow, found: Found): NameCompared {
  if (phone === null || name === null) return 'unsaid';
  if (sameName(name) === sameName(found.name)) return 'same';
  return !found.own && firstOf(name) === firstOf(found.name) ? 'masked' : 'different';
}

/**
 * A reference for a line that has none: out of what it says, so that the same list sent again is not granted again.
 */
async function referenceOf({ action_rule_id, resident_id, occurred_on, quantity, description }: Omit<Item, 'external_reference'>) {
  const parts = [action_rule_id, resident_id, occurred_on, String(quantity), description];
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(parts.join('\n')));
  return `list-${[...new Uint8Array(digest).slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** The part of a name that a mask leaves: its first character. */
function firstOf(name: string): string | undefined {
  return Array.from(sameName(name))[0];
}
