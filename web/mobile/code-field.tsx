import { Button } from 'antd-mobile';
import { useShared } from '../shared/words.ts';
import { Field } from './field.tsx';

type CodeFieldProps = {
  readonly label?: string;
  readonly hint: string;
  readonly value: string;
  readonly change: (value: string) => void;
  /** Sends a code, beside the field; without it another button does. */
  readonly send?: SendProps;
};

/** The field of a code that came by text message. */
export function CodeField({ label, send, ...field }: CodeFieldProps) {
  const words = useShared();
  return (
    <Field
      label={label ?? words.code}
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
