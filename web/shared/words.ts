import { wordsOf } from './text.tsx';
import { zh } from './text/zh.ts';

/** What all pages say, in the language that was chosen. */
export const useShared = wordsOf(zh, async () => (await import('./text/en.ts')).en);
