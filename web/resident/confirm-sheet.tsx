import { Button } from 'antd-mobile';
import type { ReactNode } from 'react';
import type { Attempt } from '../api/attempt.ts';
import { useBack } from '../mobile/back.ts';
import { Outcome } from '../mobile/outcome.tsx';
import { Sheet } from '../mobile/sheet.tsx';
import { useShared } from '../shared/words.ts';

type ConfirmSheetProps = {
  readonly title: string;
  /** The screen below, to which it leads back. */
  readonly parent: string;
  readonly attempt: Attempt<undefined, unknown>;
  /** The words on the button that does it. */
  readonly confirm: string;
  readonly danger?: boolean;
  /** The sentence that says what is done. */
  readonly children: ReactNode;
};

/** Says what something does, does it on a second press, and then leads back to the screen, which shows the change. */
export function ConfirmSheet({ title, parent, attempt: { now, send }, confirm, danger = false, children }: ConfirmSheetProps) {
  const shared = useShared();
  const close = useBack(parent);
  const held = now.state === 'sending' || now.state === 'unknown';
  const act = async () => {
    if ((await send(undefined)) !== undefined) close();
  };
  return (
    <Sheet title={title} close={close} locked={held}>
      {children}
      <Outcome now={now} />
      <div className="actions">
        <Button block color={danger ? 'danger' : 'primary'} size="large" loading={now.state === 'sending'} onClick={() => void act()}>
          {now.state === 'unknown' ? shared.retry : confirm}
        </Button>
        <Button block size="large" disabled={held} onClick={close}>
          {shared.cancel}
        </Button>
      </div>
    </Sheet>
  );
}
