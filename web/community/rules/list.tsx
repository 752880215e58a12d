import { Link, useLocation } from 'wouter';
import { keyed } from '../../api/attempt.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, figures, Rows } from '../../console/data-table.tsx';
import { FormDialog } from '../../console/dialog.tsx';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { points, today } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { useRules } from '../names.ts';
import { useWords } from '../words.ts';
import { caps, Terms, type TermsEntered, termsOf } from './terms.tsx';

export type Version = Schemas['ActionRuleVersion'];

export function RulesPage() {
  const words = useWords().rules;
  const { units } = useWords();
  const { scopes } = useSignedIn();
  const rules = useRules();
  return (
    <Page title={words.title} actions={scopes.includes('rules:write') && <Add />}>
      <Shown query={rules}>
        {(found) => (
          <Rows<Version>
            label={words.title}
            rows={found}
            rowKey={({ id }) => id}
            empty={words.none}
            columns={[
              column(words.name, ({ id, name }) => <Link href={`/rules/${id}`}>{name}</Link>),
              column(words.class, (rule) => words.classes[rule.class]),
              figures(words.points, (rule) => points(rule.points)),
              column(words.per, ({ per }) => units[per]),
              ...caps(words),
              column(words.from, ({ valid_from: from }) => from),
              column(words.until, ({ valid_until: until }) => until ?? words.open),
              figures(words.version, ({ rule_version: n }) => n),
            ]}
          />
        )}
      </Shown>
    </Page>
  );
}

type New = TermsEntered & { readonly class: Version['class'] };

function Add() {
  const words = useWords().rules;
  const [, go] = useLocation();
  const initial: New = {
    class: 'volunteer',
    name: '',
    per: 'hour',
    points: null,
    cap_day: null,
    cap_month: null,
    cap_year: null,
    valid_from: today(),
    valid_until: '',
  };
  return (
    <FormDialog<New, Version>
      name="add-rule"
      label={words.add}
      title={words.add}
      button={{ type: 'primary' }}
      initial={initial}
      write={(entered, key) => answer(api.POST('/v1/action-rules', { ...keyed(key), body: { ...termsOf(entered), class: entered.class } }))}
      said={({ name }) => words.added(name)}
      done={({ id }) => go(`/rules/${id}`)}
    >
      <Terms withClass />
    </FormDialog>
  );
}
