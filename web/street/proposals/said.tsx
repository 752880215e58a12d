/** What is proposed, in plain words. */
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Schemas } from '../../api/client.ts';
import { dayOf, timeOf, yuanFixed } from '../../shared/format.ts';
import { useMeaning } from '../policies/meaning.tsx';
import { usePolicies } from '../policies/policies.tsx';
import { useNames, useOfficers } from '../queries.ts';
import { useWords } from '../words.ts';

export type Proposal = Schemas['Proposal'];

/** What each command takes; the contract does not tie one to the other. */
type Inputs = {
  readonly policy: Schemas['ProposedPolicy'];
  readonly officer: Schemas['ProposedOfficer'];
  readonly credential: Schemas['ProposedCredential'];
  readonly login: Schemas['ProposedLogin'];
  readonly successor: Schemas['ProposedSuccessor'];
  readonly adjustment: Schemas['ProposedAdjustment'];
};

/** What the street office proposes; communities propose grants and their claw-backs among themselves. */
function inputOf<C extends keyof Inputs>(proposal: Proposal, command: C): Inputs[C] | undefined {
  return proposal.command === command ? (proposal.input as Inputs[C]) : undefined;
}

type Item = readonly [term: string, value: ReactNode];

export function useProposalTitle(): (proposal: Proposal) => string {
  const { proposals: words, policies } = useWords();
  const names = useNames();
  const meaning = useMeaning();
  return (proposal) => {
    const policy = inputOf(proposal, 'policy');
    if (policy) return words.titles.policy(policies.names[policy.name], meaning(policy.name, policy.value));
    const officer = inputOf(proposal, 'officer');
    if (officer) return words.titles.officer(officer.name, officer.community_id === null ? words.street : names.of(officer.community_id));
    const succession = inputOf(proposal, 'successor');
    if (succession) return words.titles.successor(names.of(succession.community_id), names.of(succession.successor_id));
    return words.commands[proposal.command];
  };
}

/** What a proposal says, item by item. */
export function useProposalFacts(proposal: Proposal): readonly Item[] {
  const { proposals: words, policies: policyWords } = useWords();
  const names = useNames();
  const meaning = useMeaning();
  const policies = usePolicies().data ?? [];
  const officers = useOfficers(null).data ?? [];
  const officerOf = (id: string) => officers.find((each) => each.id === id)?.name ?? id;

  const policy = inputOf(proposal, 'policy');
  if (policy) {
    const now = policies.find(({ name }) => name === policy.name)?.current;
    return [
      [
        policyWords.policy,
        <Link key="policy" href={`/policies/${policy.name}`}>
          {policyWords.names[policy.name]}
        </Link>,
      ],
      [words.now, now ? meaning(policy.name, now.value) : '…'],
      [words.next, meaning(policy.name, policy.value)],
      [policyWords.effectiveFrom, policy.effective_from === null ? policyWords.whenApproved : timeOf(policy.effective_from)],
    ];
  }
  const officer = inputOf(proposal, 'officer');
  if (officer)
    return [
      [words.officer, officer.name],
      [words.office, officer.community_id === null ? words.street : names.of(officer.community_id)],
    ];
  const login = inputOf(proposal, 'login');
  if (login)
    return [
      [words.officer, officerOf(login.officer_id)],
      [words.login, login.name],
    ];
  const credential = inputOf(proposal, 'credential');
  if (credential) {
    const scopes = credential.scopes === null ? words.allScopes : credential.scopes.join(' ');
    return [
      [words.officer, officerOf(credential.officer_id)],
      [words.credential, credential.name],
      [words.scopes, scopes],
    ];
  }
  const succession = inputOf(proposal, 'successor');
  if (succession) {
    return [
      [words.succeeded, names.of(succession.community_id)],
      [words.successor, names.of(succession.successor_id)],
      [words.fromDay, succession.effective_from],
    ];
  }
  const adjustment = inputOf(proposal, 'adjustment');
  if (adjustment) {
    const { entry_id: entry, right } = adjustment;
    const shares = right?.shares.map(({ community_id: id, fen }) => `${names.of(id)} ¥${yuanFixed(fen)}`).join(', ');
    return [
      [
        words.wrongEntry,
        <Link key="entry" href={`/ledger/entries/${entry}`}>
          {entry}
        </Link>,
      ],
      [words.rightEntry, right === null ? words.nothingRight : words.payTo(right.merchant_id)],
      ...(shares === undefined ? [] : [[words.borneBy, shares] as const]),
    ];
  }
  return [
    [words.what, words.commands[proposal.command]],
    [words.at, dayOf(proposal.proposed_at)],
  ];
}
