/** A part of a policy's value, to be typed in. */
import { Button, Form, Input, InputNumber, Space, Switch } from 'antd';
import { Select } from '../../console/select.tsx';
import { useNames } from '../queries.ts';
import { useWords } from '../words.ts';
import { type Field, isYuan, type PolicyName } from './policy.ts';

export function PolicyField({ policy, field }: { readonly policy: PolicyName; readonly field: Field }) {
  const { policies: words } = useWords();
  const said = words.fields[`${policy}.${field.key}` as keyof typeof words.fields];
  const at = ['value', field.key];
  switch (field.is) {
    case 'number':
      return (
        <Form.Item name={at} label={said.label} rules={[{ required: true }]}>
          <InputNumber min={1} max={field.max} precision={0} suffix={said.unit} className="short" />
        </Form.Item>
      );
    case 'yuan':
      return (
        <Form.Item
          name={at}
          label={said.label}
          extra={field.optional ? words.optional : undefined}
          rules={[yuanRule(words.noAmount, field.optional)]}
        >
          <Input inputMode="decimal" suffix={said.unit} className="short" />
        </Form.Item>
      );
    case 'yes':
      return (
        <Form.Item name={at} label={said.label} valuePropName="checked">
          <Switch />
        </Form.Item>
      );
    case 'percents':
      return (
        <Form.Item
          name={at}
          label={said.label}
          extra={words.percentsHint}
          rules={[{ required: true, pattern: /^\s*\d{1,3}(?:[^0-9]+\d{1,3}){0,4}\s*$/, message: words.percentsHint }]}
        >
          <Input className="short" suffix="%" />
        </Form.Item>
      );
    case 'communities':
      return <Communities at={at} label={said.label} unit={said.unit} />;
    case 'pairs':
      return <Pairs at={at} label={said.label} unit={said.unit} />;
  }
}

function yuanRule(message: string, optional = false) {
  return {
    required: !optional,
    validator: (_rule: unknown, typed: string) =>
      (optional && (typed ?? '') === '') || isYuan(typed ?? '') ? Promise.resolve() : Promise.reject(new Error(message)),
  };
}

type ListProps = { readonly at: string[]; readonly label: string; readonly unit: string };

/** A number for some communities by name. */
function Communities({ at, label, unit }: ListProps) {
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
                <InputNumber aria-label={label} min={1} precision={0} suffix={unit} className="short" />
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
function Pairs({ at, label, unit }: ListProps) {
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
              <Form.Item name={[name, 'yuan']} rules={[yuanRule(words.noAmount)]}>
                <Input aria-label={label} inputMode="decimal" suffix={unit} className="short" />
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
