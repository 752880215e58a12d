import { wordsOf } from '../shared/text.tsx';
import { zh } from './text/zh.ts';

/** What both consoles say, in the language that was chosen. */
export const useConsole = wordsOf(zh, async () => (await import('./text/en.ts')).en);
