import { wordsOf } from '../shared/text.tsx';
import { zh } from './text/zh.ts';

/** What the street console says, in the language that was chosen. */
export const useWords = wordsOf(zh, async () => (await import('./text/en.ts')).en);
