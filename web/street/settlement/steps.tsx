/** How far a run is: opened, closed, confirmed, paid; and of the step that it stands at, what is missing by whom. */
import { Steps } from 'antd';
import type { ReactNode } from 'react';
import { timeOf } from '../../shared/format.ts';
import { useNames, type Run } from '../queries.ts';
import { useWords } from '../words.ts';
import { useMissing } from './missing.ts';

const STEPS = ['open', 'closed', 'confirmed', 'paid'] as const;

export function RunSteps({ run }: { readonly run: Run }) {
  const { runs: words } = useWords();
  // The step at which it stands is the first that is not done.
  const current = run.state === 'paid' ? STEPS.length : STEPS.indexOf(run.state) + 1;
  const at = { open: run.opened_at, closed: run.closed_at, confirmed: run.confirmed_at, paid: run.paid_at };
  const content = (step: (typeof STEPS)[number], n: number): ReactNode => {
    const then = at[step];
    if (n < current && then !== null) return timeOf(then);
    return n === current ? <Waiting run={run} step={step} /> : words.notYet;
  };
  return <Steps current={current} size="small" items={STEPS.map((step, n) => ({ title: words.steps[step], content: content(step, n) }))} />;
}

function Waiting({ run, step }: { readonly run: Run; readonly step: (typeof STEPS)[number] }) {
  const { runs: words } = useWords();
  if (step === 'closed') return words.waitsForClose;
  return <Missing run={run} of={step === 'confirmed' ? 'confirmations' : 'payments'} />;
}

/** The confirmations or payments that are missing: their number in all, and by community. */
function Missing({ run, of }: { readonly run: Run; readonly of: 'confirmations' | 'payments' }) {
  const { runs: words } = useWords();
  const names = useNames();
  const missing = useMissing(run);
  const said = of === 'confirmations' ? words.confirmationsMissing(run.unconfirmed) : words.paymentsMissing(run.unpaid);
  return (
    <>
      {said}
      <ul className="missing">
        {[...(missing?.[of] ?? [])].map(([id, count]) => (
          <li key={id}>{words.missingOf(names.of(id), count)}</li>
        ))}
      </ul>
      {of === 'confirmations' && run.escalates_at !== null && words.escalates(timeOf(run.escalates_at))}
    </>
  );
}
