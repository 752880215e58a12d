import { Tag } from 'antd';
import { useWords } from '../words.ts';

/** Whether a resident or a merchant may take part, and why not. */
export function Standing({ status, reason }: { readonly status: 'active' | 'suspended'; readonly reason: string | null }) {
  const words = useWords().standing;
  return (
    <>
      <Tag color={status === 'active' ? 'green' : 'red'}>{words[status]}</Tag>
      {reason}
    </>
  );
}
