import { wordsOf } from '../shared/text.tsx';
import { zh } from './text/zh-people.ts';

/** The words of registering, the household, the number and leaving, in the chosen language. They are loaded with their screens. */
export const usePeopleWords = wordsOf(zh, async () => (await import('./text/en-people.ts')).en);
