/** The way that a list goes, said before it is sent: one officer grants it, or proposes it as a whole for a second one to approve. */
import { Alert, Form } from 'antd';
import { useRef } from 'react';
import { postProposals } from '../../api/bounds.ts';
import { SubmitButton } from '../../console/attempt-button.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { useLanguage } from '../../shared/text.tsx';
import { useWords } from '../words.ts';
import type { ListPreview } from './batch-judged.ts';
import type { Previewed } from './batch-preview.ts';
import { said } from './said.ts';
import type { useSending } from './use-batch.ts';

type ListWayProps = {
  readonly previewed: Previewed;
  readonly whole: ListPreview;
  readonly sending: ReturnType<typeof useSending>;
  /** Previews the list once more; tells whether it is as it was shown. */
  readonly confirm: () => Promise<boolean>;
  readonly checking: boolean;
};

export function ListWay({ previewed: { ready }, whole, sending, confirm, checking }: ListWayProps) {
  const { batch } = useWords();
  const { language } = useLanguage();
  const { now } = sending;
  const busy = useRef(false);
  const second = whole.second_officer;
  const lines = ready.map(({ line }) => ({ line: line.row.line, item: line.item! }));
  const send = async ({ reason = '' }: { readonly reason?: string }) => {
    // A double click sends once.
    if (busy.current) return;
    busy.current = true;
    // The lines whose outcome is unknown are sent again as they were.
    if (now.state === 'unknown' || (await confirm())) await sending.send({ lines, reason: second ? reason.trim() : null });
    busy.current = false;
  };
  if (second && whole.refusal) {
    return <Alert role="alert" type="error" showIcon className="gap" title={said(whole.refusal, language)} />;
  }
  return (
    <Form name="list" layout="vertical" requiredMark={false} disabled={now.state === 'unknown'} onFinish={(values) => void send(values)}>
      {second ? (
        <>
          <Alert
            role="status"
            type="info"
            showIcon
            className="gap"
            title={batch.takesTwo}
            description={whole.because && batch.because[whole.because]}
          />
          <TextItem name="reason" label={batch.reason} bound={postProposals.grant_list.reason} />
        </>
      ) : (
        <p role="status">{batch.alone}</p>
      )}
      <SubmitButton now={checking ? { state: 'sending' } : now}>
        {second ? batch.propose(ready.length) : batch.submit(ready.length)}
      </SubmitButton>
    </Form>
  );
}
