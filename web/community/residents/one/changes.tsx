import { answer, api, type Schemas } from '../../../api/client.ts';
import { column, DataTable, pageAt, usePages } from '../../../console/data-table.tsx';
import { timeOf } from '../../../shared/format.ts';
import { useCommunityName, useOfficerName } from '../../names.ts';
import { useWords } from '../../words.ts';

type Change = Schemas['ResidentChange'];

/** The changes of a resident's name, number and home, newest first. */
export function Changes({ residentId: id }: { readonly residentId: string }) {
  const words = useWords().people.changes;
  const told = useTold();
  const pages = usePages<Change>(['residents', id, 'changes'], (cursor) =>
    answer(api.GET('/v1/residents/{id}/changes', { params: { path: { id }, query: pageAt(cursor) } })),
  );
  return (
    <>
      <h2>{words.title}</h2>
      <DataTable<Change>
        label={words.title}
        pages={pages}
        rowKey={(change) => `${change.kind} ${told(change).at}`}
        empty={words.none}
        columns={[
          column(words.at, (change) => timeOf(told(change).at)),
          column(words.kind, ({ kind }) => words.kinds[kind]),
          column(words.what, (change) => (
            <span className="prose">
              {told(change).what.map((sentence) => (
                <div key={sentence}>{sentence}</div>
              ))}
            </span>
          )),
          column(words.reason, (change) => <span className="prose">{told(change).reason}</span>),
          column(words.by, (change) => told(change).by),
        ]}
      />
    </>
  );
}

type Told = { readonly at: string; readonly what: readonly string[]; readonly reason: string | null; readonly by: string };

/** Tells a change: when, from what, why, and by which officers. */
function useTold(): (change: Change) => Told {
  const words = useWords().people.changes;
  const officer = useOfficerName();
  const community = useCommunityName();
  return (change) => {
    switch (change.kind) {
      case 'name':
        return {
          at: change.corrected_at,
          what: [words.formerName(change.former_name)],
          reason: change.reason,
          by: officer(change.corrected_by),
        };
      case 'phone': {
        const { stopped_at: stopped, closed_until: until } = change;
        const end = stopped !== null ? [words.stopped(timeOf(stopped))] : until !== null ? [words.closedUntil(timeOf(until))] : [];
        return {
          at: change.changed_at,
          what: [words.formerPhone(change.former_phone), words.phoneHow[change.how], ...end],
          reason: null,
          by: [change.proposed_by, change.approved_by].map(officer).filter(Boolean).join(' · '),
        };
      }
      case 'move':
        return {
          at: change.moved_at,
          what: [words.moved(community(change.from_id), community(change.to_id)), words.moveHow[change.how]],
          reason: change.reason,
          by: officer(change.moved_by),
        };
    }
  };
}
