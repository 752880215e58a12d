import { Form, Input } from 'antd';
import { NumberInput } from '../../console/number-input.tsx';
import type { RefSelectProps } from 'antd/es/select';
import type { Ref } from 'react';
import { postGrants, postGrantsPreview, postProposals } from '../../api/bounds.ts';
import { rangeOf } from '../../console/rules.ts';
import { TextItem } from '../../console/text-item.tsx';
import { today } from '../../shared/format.ts';
import { Select } from '../../console/select.tsx';
import { useWords } from '../words.ts';
import { isCommendation, type Rule } from './entered.ts';
import { ResidentPicker } from '../../console/resident-picker.tsx';

type GrantFieldsProps = {
  readonly rules: readonly Rule[];
  readonly rule: Rule | undefined;
  readonly first: Ref<RefSelectProps>;
  /** Whether it takes a second officer. */
  readonly second: boolean;
};

/** Who, for what, how much; the rest fills itself in. */
export function GrantFields({ rules, rule, first, second }: GrantFieldsProps) {
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
          <NumberInput {...rangeOf(postGrants.quantity)} suffix={rule ? units[rule.per] : undefined} />
        </Form.Item>
        {commended && (
          <Form.Item name="points" label={grant.points} extra={grant.pointsHint(rule!.points)} rules={[{ required: true }]}>
            <NumberInput {...rangeOf(postGrantsPreview.points)} max={rule!.points} />
          </Form.Item>
        )}
        <Form.Item name="occurred_on" label={grant.occurredOn} rules={[{ required: true }]}>
          <Input type="date" max={today()} />
        </Form.Item>
      </div>
      <TextItem
        name="description"
        label={commended ? grant.deed : grant.description}
        extra={commended ? grant.deedHint : grant.descriptionHint}
        bound={postGrants.description}
        required={commended}
      />
      {second && !commended && <TextItem name="reason" label={grant.reason} bound={postProposals.grant.reason} />}
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
