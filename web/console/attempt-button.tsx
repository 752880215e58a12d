/** The message about a write that was not done, or may not have been, and the button that sends it. */
import { Alert, Button, type ButtonProps } from 'antd';
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import type { Attempt, AttemptState } from '../api/attempt.ts';
import { told } from '../shared/problem-text.ts';
import { useLanguage } from '../shared/text.tsx';
import { useShared } from '../shared/words.ts';

/** Why it was not done, or that nobody knows; read out as soon as it stands there. */
export function AttemptSaid<R>({ now }: { readonly now: AttemptState<R> }) {
  return (
    <div role="alert" className="said">
      <Outcome now={now} />
    </div>
  );
}

function Outcome<R>({ now }: { readonly now: AttemptState<R> }) {
  const { language } = useLanguage();
  const words = useShared();
  if (now.state === 'unknown') return <Alert type="warning" showIcon title={words.unknownOutcome} />;
  // Where the session has ended the form to sign in with says so.
  if (now.state !== 'refused' || ['unauthorized', 'invalid_token'].includes(now.problem.code)) return null;
  const { message, reference } = told(now.problem, language, words);
  return <Alert type="error" showIcon title={message} description={reference} />;
}

type SubmitButtonProps<R> = ButtonProps & {
  readonly now: AttemptState<R>;
  /** The button, for a question that stands beside it. */
  readonly ref?: Ref<HTMLButtonElement>;
};

/** The button at the end of a form: sends, or sends the very same again. */
export function SubmitButton<R>({ now, children, ref, ...props }: SubmitButtonProps<R>) {
  const words = useShared();
  const button = useRef<HTMLButtonElement>(null);
  useImperativeHandle(ref, () => button.current!);
  const isUnknown = now.state === 'unknown';
  // The fields are locked then, and nothing else is to be done.
  useEffect(() => {
    if (isUnknown) button.current?.focus();
  }, [isUnknown]);
  return (
    <Button type="primary" htmlType="submit" {...props} ref={button} disabled={false} loading={now.state === 'sending'}>
      {isUnknown ? words.retry : children}
    </Button>
  );
}

type AttemptButtonProps<I, R> = Omit<ButtonProps, 'onClick'> & {
  readonly attempt: Attempt<I, R>;
  readonly input: I;
  readonly done?: ((reply: R) => void) | undefined;
  readonly children: ReactNode;
};

/** A write that needs nothing typed in: one button, and what became of it. */
export function AttemptButton<I, R>({ attempt, input, done, children, ...props }: AttemptButtonProps<I, R>) {
  const send = async () => {
    const reply = await attempt.send(input);
    if (reply !== undefined) done?.(reply);
  };
  return (
    <>
      <SubmitButton {...props} now={attempt.now} htmlType="button" onClick={() => void send()}>
        {children}
      </SubmitButton>
      <AttemptSaid now={attempt.now} />
    </>
  );
}
