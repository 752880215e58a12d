import { type Command, one, put } from '../src/ledger/index.ts';

/** Says in the database itself that the demo made it, before anything else is written: only such a scheme may be replaced by the next demo. */
export const markDemo: Command<Record<string, never>, null> = {
  name: 'mark-demo',
  load: () => [one('scheme', 'demo')],
  decide: (_facts, _input, { at }) => ({ rows: [put('scheme', { name: 'demo', value: String(at) })], reply: null }),
};
