import { desc, like } from 'drizzle-orm';
import type { View } from '../store/index.ts';
import { type Command, put } from './command.ts';

const BACKUP = 'backup:';
const DIGITS = 15;

export type RecordBackupInput = { readonly finishedAt: number };

/** Notes that a backup was made, and when (epoch milliseconds). */
export const recordBackup: Command<RecordBackupInput, null> = {
  name: 'record-backup',
  load: () => [],
  decide: (_facts, { finishedAt }) => ({
    rows: [put('scheme', { name: BACKUP + String(finishedAt).padStart(DIGITS, '0'), value: String(finishedAt) })],
    reply: null,
  }),
};

/** When the last backup was finished that was noted; undefined if none was. */
export async function lastBackup({ read, tables: { scheme } }: View): Promise<number | undefined> {
  const { name, value } = scheme;
  const [last] = await read
    .select({ value })
    .from(scheme)
    .where(like(name, `${BACKUP}%`))
    .orderBy(desc(name))
    .limit(1);
  return last && Number(last.value);
}
