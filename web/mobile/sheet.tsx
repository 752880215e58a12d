import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useShared } from '../shared/words.ts';

type SheetProps = {
  readonly title: string;
  /** It wants to be closed: by Escape, by a tap beside it, by its button. */
  readonly close: () => void;
  /** It is not to be left just now. */
  readonly locked?: boolean;
  readonly children: ReactNode;
};

/** Comes up from below, above the page. The browser's own dialog: the focus stays in it, and returns to where it was. */
export function Sheet({ title, close, locked = false, children }: SheetProps) {
  const words = useShared();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const leave = useRef(close);
  useEffect(() => {
    leave.current = locked ? () => undefined : close;
  });
  useEffect(() => {
    const sheet = dialog.current!;
    sheet.showModal();
    const beside = (event: MouseEvent) => {
      if (event.target === sheet) leave.current();
    };
    sheet.addEventListener('click', beside);
    return () => {
      sheet.removeEventListener('click', beside);
      sheet.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="sheet"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        leave.current();
      }}
    >
      <div className="sheet-body">
        <header>
          <h2 id={id}>{title}</h2>
          <button type="button" className="plain" onClick={close} disabled={locked} aria-label={words.close}>
            ✕
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
