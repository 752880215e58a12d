import type { AttemptState } from '../api/attempt.ts';
import { told } from '../shared/problem-text.ts';
import { useLanguage } from '../shared/text.tsx';
import { useShared } from '../shared/words.ts';

/** The sentence about an attempt that was refused, or whose outcome nobody knows; undefined: there is nothing to tell. */
export function useTold(now: AttemptState<unknown>): string | undefined {
  const words = useShared();
  const { language } = useLanguage();
  if (now.state === 'unknown') return words.unknownOutcome;
  if (now.state !== 'refused') return undefined;
  const { message, fields } = told(now.problem, language, words);
  return Object.values(fields)[0] ?? message;
}
