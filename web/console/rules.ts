/** antd's rules and properties for what the contract says of a value (`web/api/bounds.ts`). */
import type { FormRule } from 'antd';
import { fenOf } from '../shared/format.ts';
import type { NumberBound, TextBound } from '../shared/bounds.ts';

type Said = {
  /** The message for a text that is too short or does not match; antd's own words if left out. */
  readonly wrong?: string | undefined;
  /** Whether it must be filled in, where the form asks for something else than the API does. */
  readonly required?: boolean | undefined;
  /** How a typed text is sent; trimmed if left out. */
  readonly sent?: ((typed: string) => string) | undefined;
};

/** The rules for a text. */
export function textRules({ minLength = 0, maxLength, pattern, ...bound }: TextBound, said: Said = {}): FormRule[] {
  const { wrong, required = mustBe(bound), sent = (typed) => typed.trim() } = said;
  const transform = (typed: unknown) => (typeof typed === 'string' ? sent(typed) : typed);
  const asked: FormRule = {
    required,
    // A text that may be left out is not too short when it is empty.
    ...(minLength > 1 && { min: minLength }),
    ...(pattern !== undefined && { pattern: new RegExp(pattern) }),
    ...(wrong !== undefined && { message: wrong }),
    transform,
  };
  return maxLength === undefined ? [asked] : [asked, { max: maxLength, transform }];
}

function mustBe({ required, nullable }: Pick<TextBound, 'required' | 'nullable'>): boolean {
  return required === true && nullable !== true;
}

/** The rule for an amount that is typed in yuan, and bounded in fen; left empty it is none. */
export function amountRule(bound: NumberBound, wrong: string): FormRule {
  return {
    validator: (_rule: unknown, typed: string | undefined) =>
      (typed ?? '') === '' || fenOf(typed!, bound) !== undefined ? Promise.resolve() : Promise.reject(new Error(wrong)),
  };
}

/** The properties of a field for a number. */
export function rangeOf({ type, minimum: min, maximum: max }: NumberBound) {
  return { min, max, ...(type === 'integer' && { precision: 0 }) };
}
