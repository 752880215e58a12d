/** The search of residents: one field, and how it is read. */
import { digitsOf, exactly, phoneOf, plainName } from '../../../src/text/index.ts';

export type Sought =
  | { readonly by: 'nothing' }
  /** Digits that are neither the end of a number nor a whole one. */
  | { readonly by: 'incomplete' }
  | { readonly by: 'phone'; readonly phone: string }
  | { readonly by: 'lookup'; readonly body: { readonly name: string } | { readonly phone_end: string } };

const END_DIGITS = 4;

/** Four digits are the end of a phone, eleven a whole one, and whatever is not all digits is a part of a name. */
export function soughtOf(typed: string): Sought {
  const name = plainName(typed);
  if (name === '') return { by: 'nothing' };
  const phone = phoneOf(typed);
  if (phone !== undefined) return { by: 'phone', phone };
  const end = exactly(END_DIGITS, typed);
  if (end !== undefined) return { by: 'lookup', body: { phone_end: end } };
  return /^[+(\d]/.test(digitsOf(typed)) ? { by: 'incomplete' } : { by: 'lookup', body: { name } };
}
