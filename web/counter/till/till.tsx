import { Button } from 'antd-mobile';
import { useEffect, useRef, useState } from 'react';
import { Field } from '../../mobile/field.tsx';
import { digitsOf } from '../../../src/text/index.ts';
import { codeBehind, grouped, isCode, isWhole, missingIn } from '../code.ts';
import { useCounter } from '../context.tsx';
import { useWords } from '../words.ts';
import { AnswerCard } from './answer-card.tsx';
import { Camera } from './camera.tsx';
import type { Card } from './card.ts';
import { OfflineForm } from './offline-form.tsx';
import { RedeemForm } from './redeem-form.tsx';
import { useScans } from './scans.ts';
import { type Till, useTill } from './use-till.ts';
import { typed, useEscape, useWedge } from './use-wedge.ts';

/** A keyboard on the screen would cover half of it: only where there is another one the field takes the focus by itself. */
const hasKeyboard = matchMedia('(pointer: fine)').matches;

/** With these nothing is to be filled in: the next thing is another code. */
const IDLE: ReadonlySet<Card['state']> = new Set(['ready', 'bad', 'stored', 'done', 'voided']);

/** The code field: what was typed, pasted or scanned into it, and what is wrong with it. */
function useCodeField(till: Till, found: () => void) {
  const words = useWords();
  const [code, setCode] = useState('');
  const [problem, setProblem] = useState<string>();
  const field = useRef<HTMLInputElement>(null);
  const wedge = useWedge(field, (digit) => enter(typed(code, code + digit)));

  const show = (digits: string) => {
    setCode(digits);
    setProblem(undefined);
  };
  const take = (whole: string) => {
    show(whole);
    found();
    wedge.scanned();
    void till.look(whole);
  };
  useScans(take);
  const enter = (next: string) => {
    const digits = typed(code, digitsOf(next));
    // A space behind the last group.
    if (digitsOf(next) === code) return;
    const last = codeBehind(digits)?.code;
    if (last !== undefined) return take(last);
    show(digits);
    if (isWhole(digits)) refuse(digits);
    else if (till.card.state !== 'ready') till.clear();
  };
  /** A code that is too short or too long is completed where it stands; of another one it is said in red that it is none. */
  const refuse = (digits: string) => {
    const missing = missingIn(digits);
    if (missing === undefined || missing === 0) return till.refuse(words.codeWrong);
    till.clear();
    setProblem(missing > 0 ? words.codeMissing(missing) : words.codeLong(0 - missing));
  };
  return { code, problem, field, take, enter, refuse, empty: () => show('') };
}

/** The screen that does the work. */
export function TillScreen() {
  const words = useWords();
  const till = useTill();
  const { practice } = useCounter();
  const [camera, setCamera] = useState(false);
  const { code, problem, field, take, enter, refuse, empty } = useCodeField(till, () => setCamera(false));

  const next = (byCamera = false) => {
    till.next();
    empty();
    setCamera(byCamera);
    if (hasKeyboard) field.current?.focus();
  };

  useEscape(() => {
    if (!camera) next();
  });
  const idle = IDLE.has(till.card.state);
  useEffect(() => {
    if (idle && hasKeyboard) field.current?.focus();
  }, [idle, till.card, field]);

  return (
    <div className="till">
      <h1 className="unseen">{practice ? words.practice : words.till}</h1>
      <Field
        label={words.code}
        hint={isCode(code) ? grouped(code) : words.codeHint}
        problem={problem}
        value={code}
        change={enter}
        beside={
          <Button size="large" color="primary" fill="outline" onClick={() => setCamera(true)} className="scan">
            {words.scan}
          </Button>
        }
        inputRef={field}
        autoFocus={hasKeyboard}
        inputMode="numeric"
        autoComplete="off"
        enterKeyHint="search"
        onKeyDown={({ key }) => key === 'Enter' && code !== '' && !isCode(code) && refuse(code)}
      />
      {camera && <Camera found={take} close={() => setCamera(false)} />}
      <AnswerCard
        till={till}
        next={next}
        sameOrder={(order, offFen) => {
          till.sameOrder(order, offFen);
          empty();
        }}
      />
      <Form till={till} scanned={take} />
    </div>
  );
}

/** The form to fill in for a voucher, with or without a network; none once an answer is on its way or has come. */
function Form({ till, scanned }: { readonly till: Till; readonly scanned: (code: string) => void }) {
  switch (till.card.state) {
    case 'ready':
    case 'asking':
    case 'good':
      return <RedeemForm till={till} scanned={scanned} />;
    case 'unreached':
      return <OfflineForm till={till} code={till.card.code} />;
    case 'bad':
    case 'sending':
    case 'unknown':
    case 'stored':
    case 'done':
    case 'voided':
      return null;
  }
}
