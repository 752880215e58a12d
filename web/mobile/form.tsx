import { Button } from 'antd-mobile';
import type { FormEvent, ReactNode } from 'react';

type FormProps = {
  readonly busy: boolean;
  /** The reason why it failed, which stands by the button. */
  readonly message: string | undefined;
  readonly enter: () => void;
  /** The words on the button. */
  readonly submit: string;
  readonly disabled?: boolean;
  /** Whether it takes something away for good. */
  readonly danger?: boolean;
  readonly children: ReactNode;
};

/** Puts the cursor into the first field that is wrong, once the page says so. */
export function focusWrong(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('.fields [aria-invalid=true]')?.focus());
}

/** Fields, and the button that sends them; the first field that is wrong gets the cursor. */
export function Form({ busy, message, enter, submit, disabled = false, danger = false, children }: FormProps) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    enter();
    focusWrong();
  };
  return (
    <form className="fields" onSubmit={send} noValidate>
      {children}
      <p className="problem" role="alert">
        {message}
      </p>
      <Button block type="submit" color={danger ? 'danger' : 'primary'} size="large" loading={busy} disabled={disabled}>
        {submit}
      </Button>
    </form>
  );
}
