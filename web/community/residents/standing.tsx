import { useWords } from '../words.ts';
import { Mark } from '../../console/mark.tsx';

const tones = { active: 'good', unconfirmed: 'warn', suspended: 'bad', declined: 'plain', ended: 'plain' } as const;

/** Whether a resident or a merchant may take part, and why not. */
export function Standing({ status, reason }: { readonly status: keyof typeof tones; readonly reason: string | null }) {
  const words = useWords().standing;
  return (
    <>
      <Mark tone={tones[status]}>{words[status]}</Mark> {reason}
    </>
  );
}
