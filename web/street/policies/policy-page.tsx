/** A policy: every version of it, and proposing the next. */
import { Card } from 'antd';
import { Link } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, DataTable, pageAt, usePages } from '../../console/data-table.tsx';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { timeOf } from '../../shared/format.ts';
import { Light } from '../light.tsx';
import { useWords } from '../words.ts';
import { useMeaning } from './meaning.tsx';
import { usePolicies } from './policies.tsx';
import type { PolicyName } from './policy.ts';
import { PolicyForm } from './policy-form.tsx';

export function PolicyPage({ name }: { readonly name: PolicyName }) {
  const { policies: words } = useWords();
  const policies = usePolicies();
  return (
    <Page title={words.each[name].name} actions={<Link href="/policies">{words.all}</Link>}>
      <p className="lead">{words.each[name].explained}</p>
      <Shown query={policies}>
        {(all) => {
          const policy = all.find((each) => each.name === name)!;
          return (
            <>
              <Card className="gap" title={<h2>{words.versions}</h2>}>
                <Versions policy={policy} />
              </Card>
              <Card title={<h2>{words.propose}</h2>}>
                <PolicyForm name={name} value={(policy.coming.at(-1) ?? policy.current).value} />
              </Card>
            </>
          );
        }}
      </Shown>
    </Page>
  );
}

function Versions({ policy }: { readonly policy: Schemas['Policy'] }) {
  const { policies: words } = useWords();
  const meaning = useMeaning();
  const pages = usePages(['policies', policy.name], (cursor) =>
    answer(api.GET('/v1/policies/{name}', { params: { path: { name: policy.name }, query: pageAt(cursor) } })),
  );
  const standing = (version: number) => {
    if (version === policy.current.policy_version) return <Light is="good">{words.current}</Light>;
    const coming = policy.coming.some((each) => each.policy_version === version);
    return <Light is={coming ? 'warning' : 'none'}>{coming ? words.comingOne : words.past}</Light>;
  };
  return (
    <DataTable<Schemas['PolicyVersion']>
      label={words.versions}
      pages={pages}
      rowKey={({ policy_version: version }) => String(version)}
      columns={[
        column(words.version, ({ policy_version: version }) => version),
        column(words.standing, ({ policy_version: version }) => standing(version)),
        column(words.value, ({ value }) => <span className="prose">{meaning(policy.name, value)}</span>),
        column(words.effectiveFrom, ({ effective_from: from }) => timeOf(from)),
        column(words.proposedBy, ({ proposed_by_name: name }) => name ?? words.atFounding),
        column(words.approvedBy, ({ approved_by_name: name }) => name ?? words.atFounding),
        column(words.setAt, ({ set_at: at }) => timeOf(at)),
      ]}
    />
  );
}
