import { Checkbox, Form, Radio } from 'antd';
import { postResidents } from '../../../api/bounds.ts';
import { TextItem } from '../../../console/text-item.tsx';
import { useWords } from '../../words.ts';
import { nextPaperNumber } from './paper-number.ts';

const bounds = postResidents.consent;

/** A consent as it is typed in. */
export type ConsentEntered = {
  readonly how: 'paper' | 'counter';
  readonly paper_number?: string;
  readonly under_14?: boolean;
  readonly guardian?: string;
};

export const noConsent: ConsentEntered = { how: 'paper', paper_number: '', under_14: false, guardian: '' };

/** A consent as it is sent: without the fields that were left empty. */
export function consentOf({ how, paper_number: number = '', under_14: child = false, guardian = '' }: ConsentEntered) {
  return {
    how,
    ...(how === 'paper' && number.trim() !== '' && { paper_number: number.trim() }),
    ...(child && { under_14: true, guardian: guardian.trim() }),
  };
}

/** The fields for the next person of a pile of sheets. */
export function nextConsent({ how, paper_number: number = '' }: ConsentEntered): ConsentEntered {
  return { ...noConsent, how, paper_number: nextPaperNumber(number) };
}

/** How the consent was given: on a signed sheet, or by word. */
export function ConsentHow() {
  const words = useWords().people.consent;
  return (
    <Form.Item name="how" label={words.how}>
      <Radio.Group
        aria-label={words.how}
        options={[
          { value: 'paper', label: words.hows.paper },
          { value: 'counter', label: words.hows.counter },
        ]}
      />
    </Form.Item>
  );
}

type DetailsProps = { readonly entered: ConsentEntered; readonly counted?: boolean };

/** The number of the sheet, and the guardian of a child. */
export function ConsentDetails({ entered: { how, under_14: child = false }, counted = false }: DetailsProps) {
  const words = useWords().people.consent;
  return (
    <>
      {how === 'paper' && (
        <TextItem
          name="paper_number"
          label={words.paperNumber}
          extra={counted && words.paperNumberHint}
          bound={bounds.paper_number}
          required
        />
      )}
      <Form.Item name="under_14" valuePropName="checked">
        <Checkbox>{words.under14}</Checkbox>
      </Form.Item>
      {child && <TextItem name="guardian" label={words.guardian} bound={bounds.guardian} required />}
    </>
  );
}
