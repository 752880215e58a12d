/** The step of a migration that notes in each proposal the resident whom it concerns: its input is JSON, which SQL does not read alike on both engines. */
import type { Rows, Step } from './step.ts';

const PAGE = 500;

/** A UUID as a driver gives it: bytes on SQLite, a text on PostgreSQL. */
type Uuid = Uint8Array | string;

export function* fillProposalResidents(): Step {
  let after: unknown[] = [];
  for (;;) {
    const beyond = after.length > 0 ? 'and id > ?' : '';
    const rows: Rows = yield {
      text: `select id, command, input from proposal where command in ('grant', 'clawback') ${beyond} order by id limit ${PAGE}`,
      values: after,
    };
    for (const [id, , input] of rows as readonly (readonly [Uuid, string, string])[]) {
      const { residentId, grantId } = JSON.parse(input) as { residentId?: string; grantId?: string };
      const [text, named] =
        residentId === undefined ? [OF_GRANT, grantId] : ['update proposal set resident_id = ? where id = ?', residentId];
      if (named !== undefined) yield { text, values: [uuidLike(id, named), id] };
    }
    if (rows.length < PAGE) return;
    after = [rows.at(-1)![0]];
  }
}

const OF_GRANT = 'update proposal set resident_id = (select resident_id from point_grant where id = ?) where id = ?';

/** An id of the code as the driver that gave `sample` takes it. */
function uuidLike(sample: Uuid, id: string): Uuid {
  const digits = id.slice('res_'.length);
  return typeof sample === 'string' ? digits : Buffer.from(digits, 'hex');
}
