import { wordsOf } from './text.tsx';
import { zh } from './text/zh.ts';

/** The words that all pages use, in the chosen language. */
export const useShared = wordsOf(zh, async () => (await import('./text/en.ts')).en);
