/** What the pages say, for tests to look for: a word has its one place in the word files. */
import { en as communityEn } from '../../../web/community/text/en.ts';
import { zh as communityZh } from '../../../web/community/text/zh.ts';
import { zh as consoleZh } from '../../../web/console/text/zh.ts';
import { en as counterEn } from '../../../web/counter/text/en.ts';
import { zh as counterZh } from '../../../web/counter/text/zh.ts';
import { en as residentEn } from '../../../web/resident/text/en.ts';
import { zh as messagesZh } from '../../../web/resident/text/zh-messages.ts';
import { zh as peopleZh } from '../../../web/resident/text/zh-people.ts';
import { zh as residentZh } from '../../../web/resident/text/zh.ts';
import { en as sharedEn } from '../../../web/shared/text/en.ts';
import { zh as sharedZh } from '../../../web/shared/text/zh.ts';
import { en as streetEn } from '../../../web/street/text/en.ts';
import { zh as streetZh } from '../../../web/street/text/zh.ts';

export const zh = {
  community: communityZh,
  console: consoleZh,
  counter: counterZh,
  messages: messagesZh,
  people: peopleZh,
  resident: residentZh,
  shared: sharedZh,
  street: streetZh,
};
export const en = { community: communityEn, counter: counterEn, resident: residentEn, shared: sharedEn, street: streetEn };

/** Stand in a sentence for a text, and for digits, that a test does not know. */
export const ANY = '\u{E000}' as never;
export const DIGITS = '\u{E001}' as never;

/** A pattern of whatever contains a sentence. `whole`: of the sentence alone; `start`: of what begins with it. */
export function saying(text: string, where: 'anywhere' | 'start' | 'whole' = 'anywhere'): RegExp {
  const said = RegExp.escape(text)
    .replaceAll(ANY, '.+')
    .replaceAll(DIGITS, String.raw`\d+`);
  return new RegExp(`${where === 'anywhere' ? '' : '^'}${said}${where === 'whole' ? '$' : ''}`);
}
