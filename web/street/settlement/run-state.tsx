import type { Schemas } from '../../api/client.ts';
import { Mark } from '../../console/mark.tsx';
import { useWords } from '../words.ts';

const tones = { open: 'plain', closed: 'warn', confirmed: 'plain', paid: 'good' } as const;

export function RunState({ run: { state } }: { readonly run: Pick<Schemas['SettlementRun'], 'state'> }) {
  const { states } = useWords();
  return <Mark tone={tones[state]}>{states.run[state]}</Mark>;
}
