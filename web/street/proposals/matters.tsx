/** The proposals of the street office, matter by matter, in plain words. */
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Schemas } from '../../api/client.ts';
import { type Asked, askedIn, type Inputs, type StreetCommand } from '../../console/matters.ts';
import type { ConsoleWords } from '../../console/text/zh.ts';
import { useConsole } from '../../console/words.ts';
import { dayOf, timeOf, yuanFixed } from '../../shared/format.ts';
import { useMeaning } from '../policies/meaning.tsx';
import { usePolicies } from '../policies/policies.tsx';
import { type Names, useNames, useOfficers } from '../queries.ts';
import type { Words } from '../text/zh.ts';
import { useWords } from '../words.ts';

export type Proposal = Schemas['Proposal'];

/** The words and names that a title is made of. */
type Naming = {
  readonly words: ConsoleWords['matters'];
  readonly policies: Words['policies'];
  readonly names: Names;
  readonly meaning: ReturnType<typeof useMeaning>;
};

type Telling = Naming & {
  /** The value of a policy today; undefined until it is known. */
  readonly valueNow: (name: Inputs['policy']['name']) => object | undefined;
  readonly officerOf: (id: string) => string;
  /** The name that the proposal gives for an id; the id itself if it gives none. */
  readonly nameOf: (id: string) => string;
};

type Item = readonly [term: string, value: ReactNode];

type Matter<C extends StreetCommand> = {
  /** In a line; left out: what the matter is called. */
  readonly title?: (input: Inputs[C], naming: Naming) => string;
  /** Item by item, for whoever decides. */
  readonly facts: (input: Inputs[C], telling: Telling) => readonly Item[];
};

const matters: { readonly [C in StreetCommand]: Matter<C> } = {
  policy: {
    title: ({ name, value }, { words, policies, meaning }) => words.policy.title(policies.each[name].name, meaning(name, value)),
    facts({ name, value, effective_from: from }, { words, policies, meaning, valueNow }) {
      const now = valueNow(name);
      return [
        [
          policies.policy,
          <Link key="policy" href={`/policies/${name}`}>
            {policies.each[name].name}
          </Link>,
        ],
        [words.policy.now, now ? meaning(name, now) : '…'],
        [words.policy.next, meaning(name, value)],
        [policies.effectiveFrom, from === null ? policies.whenApproved : timeOf(from)],
      ];
    },
  },
  officer: {
    title: ({ name, community_id: office }, { words, names }) => words.officer.title(name, officeCalled(office, words, names)),
    facts: ({ name, community_id: office, resident_id: resident }, { words, names, nameOf }) => [
      [words.officer.officer, name],
      [words.officer.office, officeCalled(office, words, names)],
      [words.officer.person, resident === undefined ? words.officer.unstated : resident === null ? words.officer.none : nameOf(resident)],
    ],
  },
  officer_person: {
    facts: ({ officer_id: officer, resident_id: resident }, { words: { officer_person: words }, nameOf }) => [
      [words.officer, nameOf(officer)],
      [words.person, resident === null ? words.none : nameOf(resident)],
    ],
  },
  credential: {
    facts: ({ officer_id: officer, name, scopes }, { words, officerOf }) => [
      [words.credential.officer, officerOf(officer)],
      [words.credential.name, name],
      [words.credential.scopes, scopes === null ? words.credential.allScopes : scopes.join(' ')],
    ],
  },
  login: {
    facts: ({ officer_id: officer, name }, { words, officerOf }) => [
      [words.login.officer, officerOf(officer)],
      [words.login.name, name],
    ],
  },
  successor: {
    title: ({ community_id: old, successor_id: next }, { words, names }) => words.successor.title(names.of(old), names.of(next)),
    facts: ({ community_id: old, successor_id: next, effective_from: from }, { words, names }) => [
      [words.successor.succeeded, names.of(old)],
      [words.successor.successor, names.of(next)],
      [words.successor.fromDay, from],
    ],
  },
  adjustment: {
    facts({ entry_id: entry, right }, { words: { adjustment: words }, names }) {
      const wrong = (
        <Link key="entry" href={`/ledger/entries/${entry}`}>
          {entry}
        </Link>
      );
      if (right === null) {
        return [
          [words.wrong, wrong],
          [words.right, words.nothing],
        ];
      }
      const shares = right.shares.map(({ community_id: id, fen }) => `${names.of(id)} ¥${yuanFixed(fen)}`);
      return [
        [words.wrong, wrong],
        [words.right, words.payTo(right.merchant_id)],
        [words.borneBy, shares.join(', ')],
      ];
    },
  },
};

function officeCalled(id: string | null, words: Naming['words'], names: Names): string {
  return id === null ? words.officer.street : names.of(id);
}

function titleOf<C extends StreetCommand>({ command, input }: Asked<C>, naming: Naming): string {
  return matters[command].title?.(input, naming) ?? naming.words[command].called;
}

function factsOf<C extends StreetCommand>({ command, input }: Asked<C>, telling: Telling): readonly Item[] {
  return matters[command].facts(input, telling);
}

function useNaming(): Naming {
  return { words: useConsole().matters, policies: useWords().policies, names: useNames(), meaning: useMeaning() };
}

/** Gives a proposal in a line. */
export function useProposalTitle(): (proposal: Proposal) => string {
  const naming = useNaming();
  return (proposal) => {
    const asked = askedIn(matters, proposal);
    return asked ? titleOf(asked, naming) : naming.words[proposal.command].called;
  };
}

/** The facts of a proposal, item by item; for a matter of the communities only its name, and the day on which it was proposed. */
export function useProposalFacts(proposal: Proposal): readonly Item[] {
  const { proposals: words } = useWords();
  const naming = useNaming();
  const policies = usePolicies().data ?? [];
  const officers = useOfficers(null).data ?? [];
  const asked = askedIn(matters, proposal);
  if (asked) {
    return factsOf(asked, {
      ...naming,
      valueNow: (named) => policies.find(({ name }) => name === named)?.current?.value,
      officerOf: (id) => officers.find((each) => each.id === id)?.name ?? id,
      nameOf: (id) => proposal.names[id] ?? id,
    });
  }
  return [
    [words.what, naming.words[proposal.command].called],
    [words.at, dayOf(proposal.proposed_at)],
  ];
}
