/** An error as people are told of it. */
import { ApiProblem, NoAnswer } from '../api/client.ts';
import type { Language } from './text.tsx';
import type { SharedWords } from './text/zh.ts';

export type Told = {
  /** A sentence that says what happened. */
  readonly message: string;
  /** The id to quote when asking for help, with its label; undefined if there is none. */
  readonly reference: string | undefined;
  /** A sentence about each wrong field of the body, by the field's name: `occurred_on`, `input/points`. */
  readonly fields: Readonly<Record<string, string>>;
};

/** Tells an error in the language of the page: the API says it in Chinese to people at a counter, and in English in full. */
export function told(error: unknown, language: Language, words: SharedWords): Told {
  if (error instanceof NoAnswer) return { message: words.noAnswer, reference: undefined, fields: {} };
  if (!(error instanceof ApiProblem)) return { message: words.somethingWrong, reference: undefined, fields: {} };
  const { cashier_message: chinese, detail, action, request_id: id, errors = [] } = error.body;
  return {
    message: language === 'zh' ? chinese : `${detail} ${action}`,
    reference: id === '' ? undefined : words.requestId(id),
    fields: Object.fromEntries(errors.map((field) => [field.pointer.replace(/^\//, ''), words.fieldError(field)])),
  };
}
