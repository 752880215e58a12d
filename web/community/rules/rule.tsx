import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from 'wouter';
import { keyedAt } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, figures, Rows } from '../../console/data-table.tsx';
import { FormDialog } from '../../console/dialog.tsx';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { points, timeOf, today } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { useOfficerName } from '../names.ts';
import { useWords } from '../words.ts';
import { caps, Terms, type TermsEntered, termsOf } from './terms.tsx';

type Version = Schemas['ActionRuleVersion'];

/** A rule with all its versions: grants keep the one they went by. */
export function RulePage() {
  const { rules: words, units } = useWords();
  const { scopes } = useSignedIn();
  const officer = useOfficerName();
  const { id } = useParams<{ readonly id: string }>();
  const rule = useQuery({
    queryKey: ['rules', id],
    queryFn: () => answer(api.GET('/v1/action-rules/{id}', { params: { path: { id } } })),
  });
  const newest = rule.data?.versions[0];
  return (
    <Page title={newest?.name ?? words.one} actions={newest && scopes.includes('rules:write') && <Revise newest={newest} />}>
      <p>{words.versionsHint}</p>
      <Shown query={rule}>
        {({ versions }) => (
          <Rows<Version>
            label={words.versions}
            rows={versions}
            rowKey={({ rule_version: n }) => String(n)}
            columns={[
              figures(words.version, ({ rule_version: n }) => n),
              column(words.name, ({ name }) => name),
              figures(words.points, (each) => points(each.points)),
              column(words.per, ({ per }) => units[per]),
              ...caps(words),
              column(words.from, ({ valid_from: from }) => from),
              column(words.until, ({ valid_until: until }) => until ?? words.open),
              column(words.setAt, ({ set_at: at }) => timeOf(at)),
              column(words.setBy, ({ set_by: by }) => officer(by)),
            ]}
          />
        )}
      </Shown>
    </Page>
  );
}

function Revise({ newest }: { readonly newest: Version }) {
  const words = useWords().rules;
  const queries = useQueryClient();
  const { id, valid_until: until, ...terms } = newest;
  return (
    <FormDialog<TermsEntered, Version>
      name={`revise-${id}-${newest.rule_version}`}
      label={words.revise}
      title={words.revise}
      button={{ type: 'primary' }}
      initial={{ ...terms, valid_from: today(), valid_until: until ?? '' }}
      write={(entered, key) => answer(api.POST('/v1/action-rules/{id}/versions', { ...keyedAt(key, { id }), body: termsOf(entered) }))}
      said={({ name }) => words.revised(name)}
      done={() => void queries.invalidateQueries({ queryKey: ['rules'] })}
    >
      <Terms />
    </FormDialog>
  );
}
