import { useEffect, useState } from 'react';
import { answer, api } from '../api/client.ts';

/** Asks for a one-time code, and counts down until another may be asked for. */
export function useSignInCode(): { readonly wait: number; readonly send: (phone: string) => Promise<void> } {
  const [resendAt, setResendAt] = useState(0);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return {
    wait: Math.max(0, Math.ceil((resendAt - now) / 1_000)),
    async send(phone) {
      const { resend_at: at } = await answer(api.POST('/v1/sign-in-codes', { body: { phone } }));
      setNow(Date.now());
      setResendAt(Date.parse(at));
    },
  };
}
