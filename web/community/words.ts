import { wordsOf } from '../shared/text.tsx';
import { zh } from './text/zh.ts';

/** The words of the community's console, in the chosen language. */
export const useWords = wordsOf(zh, async () => (await import('./text/en.ts')).en);
