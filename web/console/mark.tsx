import type { ReactNode } from 'react';

/** A state in a word, on a ground that helps to tell them apart; always to be read too. */
export function Mark({ tone = 'plain', children }: { readonly tone?: 'good' | 'bad' | 'warn' | 'plain'; readonly children: ReactNode }) {
  return <span className={`mark mark-${tone}`}>{children}</span>;
}
