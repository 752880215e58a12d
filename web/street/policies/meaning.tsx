/** What the value of a policy means, in a sentence. */
import { points, yuan } from '../../shared/format.ts';
import { type Names, useNames } from '../queries.ts';
import type { Words } from '../text/zh.ts';
import { useWords } from '../words.ts';
import type { PolicyName, PolicyValues } from './policy.ts';

export function useMeaning(): (name: PolicyName, value: object) => string {
  const words = useWords();
  const names = useNames();
  return (name, value) => meanings[name](value as never, words.policies.means, names);
}

type Means = Words['policies']['means'];

const meanings: { readonly [N in PolicyName]: (value: PolicyValues[N], words: Means, names: Names) => string } = {
  rate: ({ points: n, fen }, words) => words.rate(points(n), yuan(fen)),
  voucher_validity: ({ days }, words) => words.voucher_validity(days),
  lot_validity: ({ years }, words) => words.lot_validity(years),
  reversal_window: ({ hours }, words) => words.reversal_window(hours),
  grant_backdating: ({ days }, words) => words.grant_backdating(days),
  exposure_limit: ({ points: n, communities = {} }, words, names) => {
    const others = Object.entries(communities).map(([id, some]) => words.forOne(names.of(id), points(some)));
    return [words.exposure_limit(points(n)), ...others].join(words.joined);
  },
  proposal_validity: ({ hours }, words) => words.proposal_validity(hours),
  code_validity: ({ seconds }, words) => words.code_validity(seconds),
  offline_window: ({ hours }, words) => words.offline_window(hours),
  redemption_cycles: ({ max }, words) => words.redemption_cycles(max),
  cut_off: ({ hour }, words) => words.cut_off(hour),
  fund: ({ required, warn_percents: percents = [] }, words) =>
    [required ? words.fundRequired : words.fundOptional, words.warns(percents.map((percent) => `${percent}%`))].join(words.joined),
  position_limit: ({ fen, pairs = {} }, words, names) => {
    const others = Object.entries(pairs).map(([pair, some]) => {
      const [debtor, creditor] = pair.split('>') as [string, string];
      return words.forPair(names.of(debtor), names.of(creditor), yuan(some));
    });
    return [fen === null ? words.noPositionLimit : words.position_limit(yuan(fen)), ...others].join(words.joined);
  },
  confirmation: ({ days }, words) => words.confirmation(days),
};
