/** A part of a policy's value, to be typed in. */
import { Button, Form, type FormRule, Input, Space, Switch } from 'antd';
import { NumberInput } from '../../console/number-input.tsx';
import { amountRule, rangeOf } from '../../console/rules.ts';
import { Select } from '../../console/select.tsx';
import type { NumberBound } from '../../shared/bounds.ts';
import { useNames } from '../queries.ts';
import { useWords } from '../words.ts';
import { dayFault, type DaysBound } from './days.ts';
import { arePercents, type Field, type PolicyName, type Unit } from './policy.ts';

export function PolicyField({ policy, field }: { readonly policy: PolicyName; readonly field: Field }) {
  const { policies: words } = useWords();
  const label = (words.each[policy].fields as Readonly<Record<string, string>>)[field.key]!;
  const at = ['value', field.key];
  switch (field.is) {
    case 'number':
      return (
        <Form.Item name={at} label={label} rules={[{ required: true }]}>
          <NumberInput {...rangeOf(field.bound)} suffix={words.units[field.key as Unit]} className="short" />
        </Form.Item>
      );
    case 'yuan':
      return (
        <Form.Item
          name={at}
          label={label}
          extra={field.bound.nullable ? words.optional : undefined}
          rules={[{ required: field.bound.nullable !== true, message: words.noAmount }, amountRule(field.bound, words.noAmount)]}
        >
          <Input inputMode="decimal" suffix={words.units.fen} className="short" />
        </Form.Item>
      );
    case 'yes':
      return (
        <Form.Item name={at} label={label} valuePropName="checked">
          <Switch />
        </Form.Item>
      );
    case 'percents':
      return (
        <Form.Item name={at} label={label} extra={words.percentsHint} rules={[percentsRule(field.bound, words.percentsHint)]}>
          <Input className="short" suffix="%" />
        </Form.Item>
      );
    case 'days':
      return <Days at={at} label={label} bound={field.bound} />;
    case 'communities':
      return <Communities at={at} label={label} bound={field.bound} />;
    case 'pairs':
      return <Pairs at={at} label={label} bound={field.bound} />;
  }
}

function percentsRule(bound: Parameters<typeof arePercents>[1], message: string): FormRule {
  return {
    required: true,
    validator: (_rule: unknown, typed: string | undefined) =>
      arePercents(typed ?? '', bound) ? Promise.resolve() : Promise.reject(new Error(message)),
  };
}

/** Days, which the other lists of the same value do not have. */
function Days({ at, label, bound }: { readonly at: string[]; readonly label: string; readonly bound: DaysBound }) {
  const { policies: words } = useWords();
  const rule: FormRule = (form) => ({
    validator: (_rule: unknown, typed: string | undefined) => {
      const { [at.at(-1)!]: _own, ...others } = form.getFieldValue('value') as Record<string, string>;
      const fault = dayFault(typed ?? '', Object.values(others), bound);
      return fault ? Promise.reject(new Error(words.daysWrong[fault.is](fault.what))) : Promise.resolve();
    },
  });
  return (
    <Form.Item name={at} label={label} extra={words.daysHint} rules={[rule]}>
      <Input.TextArea rows={4} />
    </Form.Item>
  );
}

type ListProps = { readonly at: string[]; readonly label: string; readonly bound: NumberBound };

/** A number for some communities by name. */
function Communities({ at, label, bound }: ListProps) {
  const { policies: words } = useWords();
  return (
    <Form.List name={at}>
      {(fields, { add, remove }) => (
        <fieldset className="list">
          <legend>{label}</legend>
          {fields.map(({ key, name }) => (
            <Space key={key} align="start" wrap>
              <CommunityItem name={[name, 'community']} label={words.community} />
              <Form.Item name={[name, 'points']} rules={[{ required: true }]}>
                <NumberInput {...rangeOf(bound)} aria-label={label} suffix={words.units.points} className="short" />
              </Form.Item>
              <Button onClick={() => remove(name)}>{words.remove}</Button>
            </Space>
          ))}
          <Button onClick={() => add({ community: undefined, points: undefined })}>{words.addCommunity}</Button>
        </fieldset>
      )}
    </Form.List>
  );
}

/** An amount for some pairs by name, the debtor first. */
function Pairs({ at, label, bound }: ListProps) {
  const { policies: words } = useWords();
  return (
    <Form.List name={at}>
      {(fields, { add, remove }) => (
        <fieldset className="list">
          <legend>{label}</legend>
          {fields.map(({ key, name }) => (
            <Space key={key} align="start" wrap>
              <CommunityItem name={[name, 'debtor']} label={words.debtor} />
              <span className="between">{words.owes}</span>
              <CommunityItem name={[name, 'creditor']} label={words.creditor} />
              <Form.Item name={[name, 'yuan']} rules={[{ required: true, message: words.noAmount }, amountRule(bound, words.noAmount)]}>
                <Input aria-label={label} inputMode="decimal" suffix={words.units.fen} className="short" />
              </Form.Item>
              <Button onClick={() => remove(name)}>{words.remove}</Button>
            </Space>
          ))}
          <Button onClick={() => add({ debtor: undefined, creditor: undefined, yuan: '' })}>{words.addPair}</Button>
        </fieldset>
      )}
    </Form.List>
  );
}

function CommunityItem({ name, label }: { readonly name: (string | number)[]; readonly label: string }) {
  const { all } = useNames();
  return (
    <Form.Item name={name} rules={[{ required: true }]}>
      <Select
        aria-label={label}
        placeholder={label}
        className="short"
        options={all.map(({ id, name: called }) => ({ value: id, label: called }))}
      />
    </Form.Item>
  );
}
