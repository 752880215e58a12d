import { Button } from 'antd-mobile';
import { useEffect, useRef } from 'react';
import { useShared } from '../shared/words.ts';
import { Field } from './field.tsx';

type CodeFieldProps = {
  readonly label?: string;
  readonly hint: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly problem?: string | undefined;
  /** Sends a code, beside the field; without it another button does. */
  readonly send?: SendProps;
};

/** The field of a code that came by text message. Once one was sent, the cursor stands in it. */
export function CodeField({ label, send, ...field }: CodeFieldProps) {
  const words = useShared();
  const input = useRef<HTMLInputElement>(null);
  const isSent = send !== undefined && send.wait > 0;
  useEffect(() => {
    if (isSent) input.current?.focus();
  }, [isSent]);
  return (
    <Field
      label={label ?? words.code}
      inputRef={input}
      inputMode="numeric"
      autoComplete="one-time-code"
      {...field}
      {...(send && { beside: <SendButton {...send} /> })}
    />
  );
}

type SendProps = { readonly wait: number; readonly busy: boolean; readonly ask: () => void };

/** Has a code sent; while none can be, it says for how many seconds. */
export function SendButton({ wait, busy, ask }: SendProps) {
  const words = useShared();
  return (
    <Button fill="outline" color="primary" disabled={wait > 0 || busy} onClick={ask}>
      {wait > 0 ? words.sendCodeAgain(wait) : words.sendCode}
    </Button>
  );
}
