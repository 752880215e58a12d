import { Button } from 'antd-mobile';
import { type FormEvent, useState } from 'react';
import { postRedemptionBatches } from '../../api/bounds.ts';
import { Field } from '../../mobile/field.tsx';
import { fenOf, yuan } from '../../shared/format.ts';
import { orderNoProblem } from '../order-no.ts';
import { useWords } from '../words.ts';
import type { Till } from './use-till.ts';

const item = postRedemptionBatches.items.items;

/** Accepts a voucher that nobody can look up now. The cashier reads its face value from the resident's phone. */
export function OfflineForm({ till, code }: { readonly till: Till; readonly code: string }) {
  const words = useWords();
  const { form } = till;
  const [face, setFace] = useState('');
  const [wrong, setWrong] = useState<{ readonly face?: string; readonly amount?: string; readonly orderNo?: string }>({});
  const accept = (event: FormEvent) => {
    event.preventDefault();
    const fen = fenOf(face, item.order_amount_fen);
    const amount = fenOf(form.amount, item.order_amount_fen);
    const found = {
      ...(fen === undefined && { face: words.amountWrong }),
      ...(amount === undefined && { amount: words.amountWrong }),
      ...(amount !== undefined && fen !== undefined && amount < fen && { amount: words.amountSmall(yuan(fen)) }),
      ...orderNoProblem(form.orderNo, words),
    };
    setWrong(found);
    if (Object.keys(found).length === 0) void till.accept(code, fen!);
  };
  return (
    <form className="order" onSubmit={accept} noValidate>
      <Field
        label={words.face}
        hint={words.faceHint}
        problem={wrong.face}
        value={face}
        change={setFace}
        inputMode="decimal"
        autoComplete="off"
      />
      <Field
        label={words.amount}
        problem={wrong.amount}
        value={form.amount}
        change={(amount) => till.setForm({ ...form, amount })}
        inputMode="decimal"
        autoComplete="off"
      />
      <Field
        label={words.orderNo}
        value={form.orderNo}
        change={(orderNo) => till.setForm({ ...form, orderNo })}
        problem={wrong.orderNo}
        autoComplete="off"
      />
      <p className="note">{words.offlineRisk}</p>
      <Button block type="submit" color="warning" size="large" className="act">
        {words.acceptOffline}
      </Button>
    </form>
  );
}
