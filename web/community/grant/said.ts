import type { Schemas } from '../../api/client.ts';
import type { Language } from '../../shared/text.tsx';

/** A refusal within an answer, in the language of the page. */
export function said(
  { detail, action, cashier_message: chinese }: Pick<Schemas['Refusal'], 'detail' | 'action' | 'cashier_message'>,
  language: Language,
): string {
  return language === 'zh' ? chinese : `${detail} ${action}`;
}
