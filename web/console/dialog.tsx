/** Dialogs, which the back button closes. */
import { Button, type ButtonProps, Modal } from 'antd';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { postGrantsReversals } from '../api/bounds.ts';
import { TextItem } from './text-item.tsx';
import { WriteForm, type WriteFormProps } from './write-form.tsx';
import { useConsole } from './words.ts';

type Dialog = {
  readonly open: boolean;
  readonly show: () => void;
  /** Closes it, and then does what comes next: it may lead to another page. */
  readonly close: (then?: () => void) => void;
};

/** Whether a dialog is open. Opening it is a step in the history of the page, so that going back closes it. */
function useDialog(): Dialog {
  const [open, setOpen] = useState(false);
  const isOpen = useRef(false);
  const next = useRef<() => void>(undefined);
  useEffect(() => {
    if (!open) return undefined;
    const closed = () => {
      isOpen.current = false;
      setOpen(false);
      next.current?.();
      next.current = undefined;
    };
    addEventListener('popstate', closed);
    return () => removeEventListener('popstate', closed);
  }, [open]);
  const show = useCallback(() => {
    history.pushState({ dialog: true }, '');
    isOpen.current = true;
    setOpen(true);
  }, []);
  const close = useCallback((then?: () => void) => {
    // Somebody may have gone back while it was being sent.
    if (!isOpen.current) return then?.();
    next.current = then;
    return history.back();
  }, []);
  return { open, show, close };
}

type FormDialogProps<V extends object, R> = Omit<WriteFormProps<V, R>, 'submit'> & {
  /** The button that opens it, and the one that sends it. */
  readonly label: ReactNode;
  readonly title: string;
  readonly submit?: ReactNode;
  readonly button?: ButtonProps;
};

/** A button that opens a form in a dialog. Closing it loses nothing. When it is done it closes, and says so by its title. */
export function FormDialog<V extends object, R>({ label, title, submit = label, button, ...form }: FormDialogProps<V, R>) {
  const { open, show, close } = useDialog();
  const words = useConsole();
  const body = useRef<HTMLDivElement>(null);
  const done = (reply: R, values: V) => close(() => form.done?.(reply, values));
  return (
    <>
      <Button {...button} onClick={show}>
        {label}
      </Button>
      <Modal
        open={open}
        title={title}
        footer={null}
        onCancel={() => close()}
        afterOpenChange={(shown) => shown && focusFirst(body.current)}
      >
        <div ref={body}>
          <WriteForm said={() => words.doneOf(title)} {...form} submit={submit} done={done} />
        </div>
      </Modal>
    </>
  );
}

/** The cursor stands where the form begins: antd would put it on the cross that closes the dialog. */
function focusFirst(body: HTMLElement | null): void {
  body?.querySelector<HTMLElement>('input, textarea, button')?.focus();
}

/** The API bounds every reason alike. */
const REASON = postGrantsReversals.reason;

type ReasonDialogProps<R> = {
  readonly name: string;
  readonly label: string;
  readonly title: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly write: (values: { readonly reason: string }, key: string) => Promise<R>;
  readonly done?: (reply: R) => void;
  readonly said?: (reply: R) => string;
  readonly children?: ReactNode;
};

/** A button for what is done with a reason. */
export function ReasonDialog<R>({ danger = false, disabled = false, children, ...props }: ReasonDialogProps<R>) {
  const words = useConsole();
  return (
    <FormDialog {...props} initial={{ reason: '' }} danger={danger} button={{ size: 'small', danger, disabled }}>
      {children}
      <TextItem name="reason" label={words.reason} extra={words.reasonHint} bound={REASON} rows={3} />
    </FormDialog>
  );
}
