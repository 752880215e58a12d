/** Lists of people that an officer takes out of the service: each is a row that says who took which, when and why. */
import { and, desc, eq, lt, ne, sql } from 'drizzle-orm';
import { idOf, type Page, pages, type Row, type View } from '../../store/index.ts';
import { type Call, type Command, type Decision, type Facts, one, put, type Want } from '../../ledger/index.ts';
import { type Acting, actsFor } from '../../access/index.ts';
import { refuse } from '../refusals.ts';

export type ExportListInput = {
  /** An officer of the community. */
  readonly by: Acting;
  readonly communityId: string;
  readonly what: 'residents';
  /** Why names and numbers are needed in full; null: they are masked. */
  readonly reason: string | null;
  /** The number of rows that the list has. */
  readonly rows: number;
};

export type ExportListReply = { id: string; community_id: string; what: 'residents'; rows: number; in_full: boolean; at: number };

/** Notes that an officer takes a list out. */
export const exportList: Command<ExportListInput, ExportListReply> = {
  name: 'export-list',
  load: ({ communityId }): readonly Want[] => [one('community', communityId)],
  decide: decideExportList,
};

function decideExportList(
  facts: Facts,
  { by, communityId, what, reason, rows }: ExportListInput,
  { id: commandId, at }: Call,
): Decision<ExportListReply> {
  if (!facts.get('community', communityId)) return refuse('community_not_found', { community_id: communityId });
  if (!actsFor(by, communityId)) return refuse('foreign_community', { community_id: communityId });
  const id = idOf('exp', commandId);
  return {
    rows: [put('listExport', { id, officerId: by.id, communityId, what, reason, rows, at, version: 0 })],
    reply: { id, community_id: communityId, what, rows, in_full: reason !== null, at },
  };
}

/** The residents of a community as a list has them: all but those who were erased. */
export async function residentsListed({ read, tables: { resident } }: View, communityId: string): Promise<number> {
  return read.$count(resident, and(eq(resident.communityId, communityId), ne(resident.status, 'ended')));
}

const PAGE = 500;

/** The same, newest first, a page at a time. */
export function residentsForList({ read, tables: { resident } }: View, communityId: string): AsyncGenerator<Row<'resident'>[]> {
  const listed = and(eq(resident.communityId, communityId), ne(resident.status, 'ended'));
  return pages<Row<'resident'>>(async (last) =>
    read
      .select()
      .from(resident)
      .where(and(listed, last && sql`${resident.id} < ${sql.param(last.id, resident.id)}`))
      .orderBy(desc(resident.id))
      .limit(PAGE),
  );
}

/** The lists that were taken out of a community, or (null) of all of them, newest first. One row more than the limit. */
export async function listExportsPage({ read, tables: { listExport } }: View, communityId: string | null, { limit, after }: Page) {
  return read
    .select()
    .from(listExport)
    .where(
      and(
        communityId === null ? undefined : eq(listExport.communityId, communityId),
        after === undefined ? undefined : lt(listExport.id, after),
      ),
    )
    .orderBy(desc(listExport.id))
    .limit(limit + 1);
}
