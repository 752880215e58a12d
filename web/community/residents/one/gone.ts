import type { Schemas } from '../../../api/client.ts';

/** Whether a resident was erased, or never confirmed: then the page shows what was, and nothing is done any more. */
export function isGone({ status }: Pick<Schemas['Resident'], 'status'>): boolean {
  return status === 'ended' || status === 'declined';
}
