import { type InputHTMLAttributes, type ReactNode, type Ref, useId, useState } from 'react';

type FieldProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> & {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  /** A sentence that helps to fill it in. */
  readonly hint?: string | undefined;
  /** The reason why its value is wrong; undefined if it is not. */
  readonly problem?: string | undefined;
  /** A button that belongs to it. */
  readonly beside?: ReactNode;
  readonly inputRef?: Ref<HTMLInputElement>;
};

/** A labelled field. The browser's own: it costs nothing, and keyboards, screen readers and password managers know it. */
export function Field({ label, value, change, hint, problem, beside, inputRef, ...input }: FieldProps) {
  const id = useId();
  // The text while an input method composes it: a page that changed it meanwhile would take it out of the method's hands.
  const [composed, setComposed] = useState<string>();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="entry">
        <input
          {...input}
          ref={inputRef}
          id={id}
          value={composed ?? value}
          onChange={({ target, nativeEvent }) =>
            (nativeEvent as InputEvent).isComposing ? setComposed(target.value) : change(target.value)
          }
          onCompositionEnd={({ currentTarget }) => {
            setComposed(undefined);
            change(currentTarget.value);
          }}
          aria-describedby={`${id}-said`}
          aria-invalid={problem !== undefined}
        />
        {beside}
      </div>
      <p id={`${id}-said`} className={problem === undefined ? 'note' : 'problem'}>
        {problem ?? hint}
      </p>
    </div>
  );
}
