/** Proposes what should have been booked instead of an entry that is settled. */
import { Button, Form, Input, Radio, Space } from 'antd';
import { useState } from 'react';
import { postProposals } from '../../api/bounds.ts';
import { amountRule } from '../../console/rules.ts';
import { Select } from '../../console/select.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { WriteForm } from '../../console/write-form.tsx';
import { fenOf } from '../../shared/format.ts';
import { propose, useProposed } from '../proposals/propose.ts';
import { ReasonItem } from '../proposals/reason-item.tsx';
import { useNames } from '../queries.ts';
import { useWords } from '../words.ts';

type Share = { readonly community: string | undefined; readonly yuan: string };
type Values = {
  readonly entry: string;
  readonly right: 'nothing' | 'other';
  readonly merchant: string;
  readonly shares: readonly Share[];
  readonly reason: string;
};

const bounds = postProposals.adjustment.input;
const FEN = bounds.right.shares.items.fen;

const initial: Values = { entry: '', right: 'nothing', merchant: '', shares: [{ community: undefined, yuan: '' }], reason: '' };

export function AdjustmentForm() {
  const { ledger: words } = useWords();
  const proposed = useProposed();
  const [values, setValues] = useState<Values>(initial);
  return (
    <WriteForm<Values, { id: string }>
      name="adjustment"
      initial={initial}
      submit={words.propose}
      said={() => words.proposed}
      watch={setValues}
      write={({ entry, reason, ...typed }, key) =>
        propose({ command: 'adjustment', input: { entry_id: entry.trim(), right: rightOf(typed) }, reason }, key)
      }
      done={proposed}
    >
      <TextItem name="entry" label={words.wrongId} bound={bounds.entry_id} wrong={words.entryIdHint} input={{ className: 'id-input' }} />
      <Form.Item name="right" label={words.shouldBe}>
        <Radio.Group
          options={[
            { value: 'nothing', label: words.shouldBeNothing },
            { value: 'other', label: words.shouldBeOther },
          ]}
        />
      </Form.Item>
      {values.right === 'other' && <Right />}
      <ReasonItem />
    </WriteForm>
  );
}

function rightOf({ right, merchant, shares }: Omit<Values, 'entry' | 'reason'>) {
  if (right === 'nothing') return null;
  return {
    merchant_id: merchant.trim(),
    shares: shares.map(({ community, yuan }) => ({ community_id: community!, fen: fenOf(yuan, FEN)! })),
  };
}

function Right() {
  const { ledger: words } = useWords();
  const { all } = useNames();
  return (
    <>
      <TextItem
        name="merchant"
        label={words.merchantId}
        bound={bounds.right.merchant_id}
        wrong={words.merchantIdHint}
        input={{ className: 'id-input' }}
      />
      <Form.List name="shares">
        {(fields, { add, remove }) => (
          <fieldset className="list">
            <legend>{words.shares}</legend>
            {fields.map(({ key, name }) => (
              <Space key={key} align="start" wrap>
                <Form.Item name={[name, 'community']} rules={[{ required: true }]}>
                  <Select
                    aria-label={words.community}
                    className="short"
                    options={all.map(({ id, name: called }) => ({ value: id, label: called }))}
                  />
                </Form.Item>
                <Form.Item name={[name, 'yuan']} rules={[{ required: true, message: words.noAmount }, amountRule(FEN, words.noAmount)]}>
                  <Input aria-label={words.units.fen} inputMode="decimal" suffix={words.units.fen} className="short" />
                </Form.Item>
                {fields.length > 1 && <Button onClick={() => remove(name)}>{words.remove}</Button>}
              </Space>
            ))}
            <Button onClick={() => add({ community: undefined, yuan: '' })}>{words.addShare}</Button>
          </fieldset>
        )}
      </Form.List>
    </>
  );
}
