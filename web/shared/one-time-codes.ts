import { useEffect, useState } from 'react';

/** Asks for one-time codes by `ask`, and counts the seconds until others may be asked for. */
export function useOneTimeCodes<I>(ask: (input: I) => Promise<{ readonly resend_at: string }>): {
  readonly wait: number;
  readonly send: (input: I) => Promise<void>;
} {
  const [resendAt, setResendAt] = useState(0);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return {
    wait: Math.max(0, Math.ceil((resendAt - now) / 1_000)),
    async send(input) {
      const { resend_at: at } = await ask(input);
      setNow(Date.now());
      setResendAt(Date.parse(at));
    },
  };
}
