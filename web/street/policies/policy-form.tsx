/** Proposes a new version of a policy: its value, from when, and why. A second officer approves it. */
import { Form, Input, Radio } from 'antd';
import { useState } from 'react';
import { WriteForm } from '../../console/write-form.tsx';
import { propose, useProposed } from '../proposals/propose.ts';
import { ReasonItem } from '../proposals/reason-item.tsx';
import { useWords } from '../words.ts';
import { useMeaning } from './meaning.tsx';
import { fieldsOf, type PolicyName, type Typed, typedOf, valueOf } from './policy.ts';
import { PolicyField } from './policy-field.tsx';

type Values = { readonly value: Typed; readonly when: 'approved' | 'at'; readonly at: string; readonly reason: string };

export function PolicyForm({ name, value }: { readonly name: PolicyName; readonly value: Typed }) {
  const { policies: words } = useWords();
  const proposed = useProposed();
  const [typed, setTyped] = useState<Values>();
  const initial: Values = { value: typedOf(name, value), when: 'approved', at: '', reason: '' };
  return (
    <WriteForm<Values, { id: string }>
      name={`policy-${name}`}
      initial={initial}
      submit={words.proposeIt}
      said={() => words.proposed}
      watch={setTyped}
      write={({ value: next, when, at, reason }, key) => {
        const input = { name, value: valueOf(name, next), ...(when === 'at' && { effective_from: `${at}:00+08:00` }) };
        // The fields give the typed value the policy's shape; the API judges it.
        return propose({ command: 'policy', input: input as never, reason }, key);
      }}
      done={proposed}
    >
      {fieldsOf[name].map((field) => (
        <PolicyField key={field.key} policy={name} field={field} />
      ))}
      <Said name={name} typed={typed?.value} />
      <Form.Item name="when" label={words.when}>
        <Radio.Group
          options={[
            { value: 'approved', label: words.whenApproved },
            { value: 'at', label: words.whenAt },
          ]}
        />
      </Form.Item>
      {typed?.when === 'at' && (
        <Form.Item name="at" label={words.at} extra={words.atHint} rules={[{ required: true }]}>
          <Input type="datetime-local" className="short" />
        </Form.Item>
      )}
      <ReasonItem />
    </WriteForm>
  );
}

/** The meaning of the new value, while it is typed. */
function Said({ name, typed }: { readonly name: PolicyName; readonly typed: Typed | undefined }) {
  const { policies: words } = useWords();
  const meaning = useMeaning();
  if (!typed) return null;
  return (
    <p role="status" className="meaning">
      {words.willMean} <strong>{saidOf(() => meaning(name, valueOf(name, typed)))}</strong>
    </p>
  );
}

/** The sentence, or `…` while the value is only half typed and means nothing yet. */
function saidOf(say: () => string): string {
  try {
    const said = say();
    return /NaN|undefined|null/.test(said) ? '…' : said;
  } catch {
    return '…';
  }
}
