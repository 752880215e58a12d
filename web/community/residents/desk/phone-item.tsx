import { phoneOf } from '../../../../src/text/index.ts';
import { TextItem } from '../../../console/text-item.tsx';
import type { TextBound } from '../../../shared/bounds.ts';
import { useWords } from '../../words.ts';

type PhoneItemProps = { readonly name?: string; readonly label: string; readonly bound: TextBound };

/** A field for a mobile number, however it is typed. */
export function PhoneItem({ name = 'phone', label, bound }: PhoneItemProps) {
  const words = useWords().residents;
  return (
    <TextItem
      name={name}
      label={label}
      bound={bound}
      wrong={words.phoneWrong}
      sent={(typed) => phoneOf(typed) ?? typed.trim()}
      input={{ type: 'tel', inputMode: 'tel' }}
    />
  );
}
