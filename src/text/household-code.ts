import { digitsOf } from './digits.ts';

/** The characters of a household's code: none that is taken for another on paper or a screen. */
export const HOUSEHOLD_CHARACTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
/** Characters in a household's code. */
export const HOUSEHOLD_CODE_LENGTH = 8;

const form = new RegExp(`^[${HOUSEHOLD_CHARACTERS}]{${HOUSEHOLD_CODE_LENGTH}}$`);

/** A household's code as it was meant: in capitals, without spaces and hyphens, also from full width; undefined if the text is none. */
export function householdCodeOf(typed: string): string | undefined {
  const plain = digitsOf(typed).toUpperCase();
  return form.test(plain) ? plain : undefined;
}
