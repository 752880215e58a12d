import { useQueryClient } from '@tanstack/react-query';
import { Space } from 'antd';
import { Link } from 'wouter';
import { keyed, keyedAt } from '../api/attempt.ts';
import { answer, api, type Schemas } from '../api/client.ts';
import { column, type Column, DataTable, figures, pageAt, usePages } from '../console/data-table.tsx';
import { ReasonDialog } from '../console/dialog.tsx';
import { Page } from '../console/page.tsx';
import { points, timeOf } from '../shared/format.ts';
import { useSignedIn } from '../shared/session.tsx';
import { useOfficerName } from './names.ts';
import { useWords } from './words.ts';
import { Mark } from '../console/mark.tsx';

type Grant = Schemas['Grant'];

export function GrantsPage() {
  const words = useWords().grants;
  return (
    <Page title={words.title} actions={<Link href="/grant">{words.toGrant}</Link>}>
      <GrantsTable />
    </Page>
  );
}

/** The community's grants, newest first: all, or those to one resident. */
export function GrantsTable({ residentId }: { readonly residentId?: string }) {
  const words = useWords().grants;
  const officer = useOfficerName();
  const pages = usePages<Grant>(['grants', residentId], (cursor) =>
    answer(
      api.GET('/v1/grants', { params: { query: { ...pageAt(cursor), ...(residentId !== undefined && { resident_id: residentId }) } } }),
    ),
  );
  const who: Column<Grant>[] = residentId === undefined ? [column(words.resident, ({ resident_name: name }) => name)] : [];
  return (
    <DataTable<Grant>
      label={words.title}
      pages={pages}
      rowKey={({ id }) => id}
      empty={words.none}
      columns={[
        column(words.grantedAt, ({ granted_at: at }) => timeOf(at)),
        ...who,
        column(words.rule, ({ action_rule_name: name }) => name),
        figures(words.quantity, ({ quantity }) => points(quantity)),
        figures(words.points, ({ points: n }) => points(n)),
        figures(words.remaining, ({ remaining }) => points(remaining)),
        column(words.occurredOn, ({ occurred_on: day }) => day),
        column(words.description, ({ description }) => <span className="prose">{description}</span>),
        column(words.by, ({ granted_by: by }) => officer(by)),
        column(words.state, (grant) => <State grant={grant} />),
      ]}
    />
  );
}

function State({ grant }: { readonly grant: Grant }) {
  const words = useWords().grants;
  if (grant.reversed_at !== null) return <Ended word={words.reversed} reason={grant.reversal_reason} />;
  if (grant.clawed_back_at !== null) return <Ended word={words.clawedBack} reason={grant.reversal_reason} />;
  return grant.remaining === grant.points ? <Reversal grant={grant} /> : <ClawBack grant={grant} />;
}

function Ended({ word, reason }: { readonly word: string; readonly reason: string | null }) {
  return (
    <Space>
      <Mark>{word}</Mark>
      <span className="prose">{reason}</span>
    </Space>
  );
}

function Reversal({ grant }: { readonly grant: Grant }) {
  const words = useWords().grants;
  const { scopes } = useSignedIn();
  const queries = useQueryClient();
  if (!scopes.includes('grants:write')) return null;
  return (
    <ReasonDialog
      name={`reverse-${grant.id}`}
      label={words.reverse}
      title={words.reverseTitle(grant.resident_name, points(grant.points))}
      danger
      write={(body, key) => answer(api.POST('/v1/grants/{id}/reversals', { ...keyedAt(key, { id: grant.id }), body }))}
      said={() => words.reverseDone}
      done={() => void queries.invalidateQueries()}
    >
      <p>{words.reverseHint}</p>
    </ReasonDialog>
  );
}

/** Some of it is spent: two officers take it back, wherever its points are. */
function ClawBack({ grant }: { readonly grant: Grant }) {
  const words = useWords().grants;
  const { scopes } = useSignedIn();
  const queries = useQueryClient();
  if (!scopes.includes('proposals:write')) return null;
  return (
    <ReasonDialog
      name={`clawback-${grant.id}`}
      label={words.clawBack}
      title={words.clawBackTitle(grant.resident_name, points(grant.points))}
      write={({ reason }, key) =>
        answer(api.POST('/v1/proposals', { ...keyed(key), body: { command: 'clawback', input: { grant_id: grant.id }, reason } }))
      }
      said={() => words.clawBackDone}
      done={() => void queries.invalidateQueries({ queryKey: ['proposals'] })}
    >
      <p>{words.clawBackHint}</p>
    </ReasonDialog>
  );
}
