import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react';

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
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="entry">
        <input
          {...input}
          ref={inputRef}
          id={id}
          value={value}
          onChange={(event) => change(event.target.value)}
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
