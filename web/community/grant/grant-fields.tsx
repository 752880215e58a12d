import { Form, Input, InputNumber } from 'antd';
import type { RefSelectProps } from 'antd/es/select';
import type { Ref } from 'react';
import { today } from '../../shared/format.ts';
import { Select } from '../../console/select.tsx';
import { useWords } from '../words.ts';
import { isCommendation, type Rule } from './entered.ts';
import { ResidentPicker } from './resident-picker.tsx';

const QUANTITY_MAX = 1_000;
const DESCRIPTION_MAX = 200;

type GrantFieldsProps = { readonly rules: readonly Rule[]; readonly rule: Rule | undefined; readonly first: Ref<RefSelectProps> };

/** Who, for what, how much; the rest fills itself in. */
export function GrantFields({ rules, rule, first }: GrantFieldsProps) {
  const words = useWords();
  const { grant, units } = words;
  const commended = isCommendation(rule);
  return (
    <>
      <Form.Item name="resident" label={grant.resident} rules={[{ required: true }]}>
        <ResidentPicker ref={first} />
      </Form.Item>
      <RuleField rules={rules} />
      <div className="side-by-side">
        <Form.Item name="quantity" label={rule?.per === 'hour' ? grant.hours : grant.events} rules={[{ required: true }]}>
          <InputNumber min={1} max={QUANTITY_MAX} precision={0} suffix={rule ? units[rule.per] : undefined} />
        </Form.Item>
        {commended && (
          <Form.Item name="points" label={grant.points} extra={grant.pointsHint(rule!.points)} rules={[{ required: true }]}>
            <InputNumber min={1} max={rule!.points} precision={0} />
          </Form.Item>
        )}
        <Form.Item name="occurred_on" label={grant.occurredOn} rules={[{ required: true }]}>
          <Input type="date" max={today()} />
        </Form.Item>
      </div>
      <Form.Item
        name="description"
        label={commended ? grant.deed : grant.description}
        extra={commended ? grant.deedHint : grant.descriptionHint}
        rules={[{ required: commended, whitespace: commended, max: DESCRIPTION_MAX }]}
      >
        <Input maxLength={DESCRIPTION_MAX} />
      </Form.Item>
    </>
  );
}

/** Finds the rule by any part of its name. */
export function RuleField({ rules }: { readonly rules: readonly Rule[] }) {
  const words = useWords();
  return (
    <Form.Item name="action_rule_id" label={words.grant.rule} rules={[{ required: true }]}>
      <Select
        showSearch={{ optionFilterProp: 'label' }}
        placeholder={words.grant.rulePlaceholder}
        options={rules.map((each) => ({ value: each.id, label: words.ruleLine(each.name, each.points, each.per) }))}
      />
    </Form.Item>
  );
}
