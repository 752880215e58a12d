import { Button } from 'antd-mobile';
import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { postRedemptions } from '../../api/bounds.ts';
import { digitsOf } from '../../../src/text/index.ts';
import { Field } from '../../mobile/field.tsx';
import { fits } from '../../shared/bounds.ts';
import { fenOf, yuan } from '../../shared/format.ts';
import { codeBehind } from '../code.ts';
import { orderNoProblem } from '../order-no.ts';
import { useWords } from '../words.ts';
import type { Good } from './card.ts';
import type { Till } from './use-till.ts';

/** The order that a voucher is for. It can be filled in before the voucher is scanned. */
export function RedeemForm({ till, scanned }: { readonly till: Till; readonly scanned: (code: string) => void }) {
  const words = useWords();
  const { card, form, pin } = till;
  const good = card.state === 'good' ? card : undefined;
  const [wrong, setWrong] = useState<{ readonly amount?: string; readonly orderNo?: string; readonly pin?: string }>({});
  const amount = useRef<HTMLInputElement>(null);
  const pinField = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLDivElement>(null);
  const needsAmount = good?.voucher.kind !== 'item';

  const code = good?.code;
  useEffect(() => {
    setWrong({});
    if (code === undefined) return;
    const first = [pinField.current, amount.current].find((field) => field?.value === '');
    (first ?? button.current?.querySelector('button'))?.focus();
  }, [code]);

  const redeem = (event: FormEvent) => {
    event.preventDefault();
    if (!good) return;
    const found = wrongWith(good, { ...form, pin }, words);
    setWrong(found);
    if (Object.keys(found).length === 0) void till.redeem(good);
    else (found.pin === undefined ? amount : pinField).current?.focus();
  };

  return (
    <form className="order" onSubmit={redeem} noValidate>
      {good?.pin === true && (
        <Field
          label={words.pin}
          hint={words.pinHint}
          problem={wrong.pin}
          value={pin}
          change={till.setPin}
          inputRef={pinField}
          inputMode="numeric"
          autoComplete="off"
        />
      )}
      {needsAmount && <Amount till={till} problem={wrong.amount} inputRef={amount} scanned={scanned} />}
      <Field
        label={words.orderNo}
        hint={words.orderNoHint}
        problem={wrong.orderNo}
        value={form.orderNo}
        change={(orderNo) => till.setForm({ ...form, orderNo })}
        autoComplete="off"
      />
      <div ref={button}>
        <Button block type="submit" color="primary" size="large" disabled={!good} className="act">
          {words.redeem}
        </Button>
      </div>
    </form>
  );
}

type AmountProps = {
  readonly till: Till;
  readonly problem: string | undefined;
  readonly inputRef: RefObject<HTMLInputElement | null>;
  readonly scanned: (code: string) => void;
};

/** The amount of the order. A scanner may type into this field: what it typed is a code. */
function Amount({ till: { form, setForm }, problem, inputRef, scanned }: AmountProps) {
  const words = useWords();
  const change = (next: string) => {
    const behind = codeBehind(next);
    setForm({ ...form, amount: behind?.before ?? next });
    if (behind) scanned(behind.code);
  };
  return (
    <Field
      label={words.amount}
      hint={form.offFen > 0 ? words.alreadyOff(yuan(form.offFen)) : words.amountHint}
      problem={problem}
      value={form.amount}
      change={change}
      inputRef={inputRef}
      inputMode="decimal"
      autoComplete="off"
      enterKeyHint="done"
    />
  );
}

type Filled = { readonly amount: string; readonly orderNo: string; readonly offFen: number; readonly pin: string };

function wrongWith({ voucher, pin: needsPin }: Good, { amount, orderNo, offFen, pin }: Filled, words: ReturnType<typeof useWords>) {
  const fen = fenOf(amount, postRedemptions.order_amount_fen);
  const needed = offFen + voucher.face_fen;
  return {
    ...(needsPin && !fits(postRedemptions.pin, digitsOf(pin)) && { pin: words.pinWrong }),
    ...(voucher.kind === 'cash' && fen === undefined && { amount: words.amountWrong }),
    ...(voucher.kind === 'cash' && fen !== undefined && fen < needed && { amount: words.amountSmall(yuan(needed)) }),
    ...orderNoProblem(orderNo, words),
  };
}
