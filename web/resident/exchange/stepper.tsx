import { useId } from 'react';
import { useWords } from '../words.ts';

type StepperProps = { readonly value: number; readonly most: number; readonly locked: boolean; readonly change: (value: number) => void };

/** How many multiples. */
export function Stepper({ value, most, locked, change }: StepperProps) {
  const words = useWords();
  const id = useId();
  return (
    <div className="stepper" role="group" aria-labelledby={id}>
      <span id={id}>{words.quantity}</span>
      <div>
        <button type="button" aria-label={words.less} disabled={locked || value <= 1} onClick={() => change(value - 1)}>
          −
        </button>
        <output>{value}</output>
        <button type="button" aria-label={words.more} disabled={locked || value >= most} onClick={() => change(value + 1)}>
          +
        </button>
      </div>
    </div>
  );
}
