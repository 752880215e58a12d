import { type Command, one, put } from '../src/ledger/index.ts';

/** Notes that people signed in with these phones just now, as they do whom the year has seen at tills: a phone that was silent asks for a name. */
export const hearFrom: Command<{ readonly phoneHashes: readonly string[] }, null> = {
  name: 'hear-from',
  load: ({ phoneHashes }) => phoneHashes.map((hash) => one('residentPhone', hash)),
  decide: (facts, { phoneHashes }, { at }) => ({
    rows: phoneHashes.map((hash) => put('residentPhone', { ...facts.get('residentPhone', hash)!, heardAt: at })),
    reply: null,
  }),
};
