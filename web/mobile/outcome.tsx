import type { AttemptState } from '../api/attempt.ts';
import { told } from '../shared/problem-text.ts';
import { useLanguage } from '../shared/text.tsx';
import { useShared } from '../shared/words.ts';

/** The message about an attempt that was refused, or whose outcome nobody knows. It stands by the button. */
export function Outcome({ now }: { readonly now: AttemptState<unknown> }) {
  const words = useShared();
  const { language } = useLanguage();
  const refusal = now.state === 'refused' ? told(now.problem, language, words) : undefined;
  return (
    <p className="problem" role="alert">
      {now.state === 'unknown' && words.unknownOutcome}
      {refusal && [refusal.message, refusal.reference].filter((part) => part !== undefined).join(' · ')}
    </p>
  );
}
