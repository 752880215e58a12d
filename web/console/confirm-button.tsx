import { type ButtonProps, Popconfirm } from 'antd';
import type { ReactNode } from 'react';
import type { Attempt } from '../api/attempt.ts';
import { useShared } from '../shared/words.ts';
import { AttemptSaid, SubmitButton } from './attempt-button.tsx';

type ConfirmButtonProps<I, R> = Omit<ButtonProps, 'onClick'> & {
  readonly attempt: Attempt<I, R>;
  readonly input: I;
  /** Asked before it is sent. */
  readonly question: string;
  readonly done?: ((reply: R) => void) | undefined;
  readonly children: ReactNode;
};

/** A write that cannot be taken back and needs nothing typed in: it asks once. */
export function ConfirmButton<I, R>({ attempt, input, question, done, children, ...props }: ConfirmButtonProps<I, R>) {
  const words = useShared();
  const send = async () => {
    const reply = await attempt.send(input);
    if (reply !== undefined) done?.(reply);
  };
  return (
    <>
      <Popconfirm title={question} okText={words.confirm} cancelText={words.cancel} onConfirm={send}>
        <SubmitButton type="default" {...props} now={attempt.now} htmlType="button">
          {children}
        </SubmitButton>
      </Popconfirm>
      <AttemptSaid now={attempt.now} />
    </>
  );
}
