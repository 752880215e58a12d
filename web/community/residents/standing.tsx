import { useWords } from '../words.ts';
import { Mark } from '../../console/mark.tsx';

/** Whether a resident or a merchant may take part, and why not; a resident may have left for good. */
export function Standing({ status, reason }: { readonly status: 'active' | 'suspended' | 'ended'; readonly reason: string | null }) {
  const words = useWords().standing;
  return (
    <>
      <Mark tone={status === 'active' ? 'good' : 'bad'}>{words[status]}</Mark>
      {reason}
    </>
  );
}
