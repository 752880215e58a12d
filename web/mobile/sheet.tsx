import { type ReactNode, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { useShared } from '../shared/words.ts';

type SheetProps = {
  readonly title: string;
  /** It wants to be closed: by Escape, by a tap beside it, by its button. */
  readonly close: () => void;
  /** It is not to be left just now. */
  readonly locked?: boolean;
  readonly children: ReactNode;
};

/**
 * Comes up from below, above the page. The browser's own dialog: the focus stays in it, and returns to where it was. It begins at the title,
 * so that whoever hears the page hears what this is, and a second tap or Enter does nothing.
 */
export function Sheet({ title, close, locked = false, children }: SheetProps) {
  const words = useShared();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const leave = useRef(close);
  useEffect(() => {
    leave.current = locked ? () => undefined : close;
  });
  // Not a passive effect: it must be closed before it is taken away, or the focus is lost.
  useLayoutEffect(() => {
    const sheet = dialog.current!;
    sheet.showModal();
    heading.current!.focus();
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
          <h2 ref={heading} id={id} tabIndex={-1}>
            {title}
          </h2>
          <button type="button" className="plain" onClick={close} disabled={locked} aria-label={words.close}>
            ✕
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
