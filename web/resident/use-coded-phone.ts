import { useState } from 'react';
import { isPhone } from '../shared/bounds.ts';
import { useOneTimeCodes } from '../shared/one-time-codes.ts';
import { useDoing } from '../shared/use-doing.ts';
import { useShared } from '../shared/words.ts';

/** A phone that is typed, and the code that `ask` sends to it. */
export function useCodedPhone(ask: (phone: string) => Promise<{ readonly resend_at: string }>) {
  const words = useShared();
  const doing = useDoing();
  const codes = useOneTimeCodes(ask);
  const [phone, setPhone] = useState('');
  const [sentTo, setSentTo] = useState<string>();
  const [wrong, setWrong] = useState<string>();
  return {
    phone,
    setPhone,
    /** The number to which a code was sent last; undefined: to none yet. */
    sentTo,
    /** Says why something that was typed cannot be sent; undefined: nothing is wrong. */
    wrong,
    setWrong,
    doing,
    wait: codes.wait,
    /** Sends a code, if the phone is one. */
    send: () => {
      if (!isPhone(phone)) return setWrong(words.phoneWrong);
      setWrong(undefined);
      void doing.run(async () => {
        await codes.send(phone);
        setSentTo(phone);
      });
    },
  };
}
