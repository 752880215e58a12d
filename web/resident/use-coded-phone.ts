import { useState } from 'react';
import { focusWrong } from '../mobile/form.tsx';
import { isPhone } from '../shared/bounds.ts';
import { useOneTimeCodes } from '../shared/one-time-codes.ts';
import { useDoing } from '../shared/use-doing.ts';
import { useShared } from '../shared/words.ts';

/** The field in which something that was typed cannot be sent, and why. */
type Wrong = { readonly at: 'phone' | 'code'; readonly why: string };

/** The code that `ask` sends to a phone that is typed. */
export function useCodedPhone(phone: string, ask: (phone: string) => Promise<{ readonly resend_at: string }>) {
  const words = useShared();
  const doing = useDoing();
  const codes = useOneTimeCodes(ask);
  const [sentTo, setSentTo] = useState<string>();
  const [wrong, setWrong] = useState<Wrong>();
  return {
    /** The number to which a code was sent last; undefined: to none yet. */
    sentTo,
    /** Says why what was typed into a field cannot be sent; undefined: it is not wrong. */
    problem: (at: Wrong['at']) => (wrong?.at === at ? wrong.why : undefined),
    setWrong,
    doing,
    wait: codes.wait,
    /** Sends a code, if the phone is one. */
    send: () => {
      if (!isPhone(phone)) {
        setWrong({ at: 'phone', why: words.phoneWrong });
        return focusWrong();
      }
      setWrong(undefined);
      void doing.run(async () => {
        await codes.send(phone);
        setSentTo(phone);
      });
    },
  };
}
