/** What can be practised: a code for every case. */
import { checkDigit } from '../code.ts';

export const PRACTICE_PIN = '246810';

/** Cases by name; the words tell what happens with each. */
const numbers = {
  cash: 1,
  large: 2,
  item: 3,
  used: 4,
  expired: 5,
  elsewhere: 6,
  paper: 7,
  lost: 8,
} as const;

export type Case = keyof typeof numbers;

export const cases = Object.keys(numbers) as Case[];

/** The digits of a case's code. They look like others, and the API knows none of them. */
export function codeOf(name: Case): string {
  const body = `77000000000000${String(numbers[name]).padStart(3, '0')}`;
  return body + checkDigit(body);
}

export function caseOf(code: string): Case | undefined {
  return cases.find((name) => codeOf(name) === code);
}
