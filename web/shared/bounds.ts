/** Whether what was typed is what the API takes, by what the contract says of it (`web/api/bounds.ts`). */
import { phoneOf } from '../../src/text/index.ts';

export type TextBound = {
  readonly required?: true;
  readonly nullable?: true;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
};

export type NumberBound = { readonly type: string; readonly minimum: number; readonly maximum: number; readonly nullable?: true };

/** Whether the API takes a text, once it is read. */
export function fits({ minLength = 0, maxLength = Infinity, pattern = '' }: TextBound, text: string): boolean {
  return text.length >= minLength && text.length <= maxLength && new RegExp(pattern).test(text);
}

/** Whether a text is a mobile number, which is sent as it was typed. */
export function isPhone(typed: string): boolean {
  return phoneOf(typed) !== undefined;
}
