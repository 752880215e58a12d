import { wordsOf } from '../shared/text.tsx';
import { zh } from './text/zh.ts';

/** The words that both consoles use, in the chosen language. */
export const useConsole = wordsOf(zh, async () => (await import('./text/en.ts')).en);
