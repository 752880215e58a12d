/** Every policy in plain words: what is in force, and what is coming. */
import { useQuery } from '@tanstack/react-query';
import { Card } from 'antd';
import { Link } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, Rows } from '../../console/data-table.tsx';
import { Page } from '../../console/page.tsx';
import { Shown } from '../../console/states.tsx';
import { timeOf } from '../../shared/format.ts';
import { Light } from '../light.tsx';
import { useWords } from '../words.ts';
import { useMeaning } from './meaning.tsx';

export function usePolicies() {
  return useQuery({ queryKey: ['policies'], queryFn: async () => (await answer(api.GET('/v1/policies'))).items });
}

export function PoliciesPage() {
  const { policies: words } = useWords();
  const meaning = useMeaning();
  return (
    <Page title={words.title}>
      <p className="lead">{words.lead}</p>
      <Card>
        <Shown query={usePolicies()}>
          {(policies) => (
            <Rows<Schemas['Policy']>
              label={words.title}
              rows={policies}
              rowKey={({ name }) => name}
              columns={[
                column(words.policy, ({ name }) => <Link href={`/policies/${name}`}>{words.each[name].name}</Link>),
                column(words.inForce, ({ name, current }) => <span className="prose">{meaning(name, current.value)}</span>),
                column(words.since, ({ current }) => timeOf(current.effective_from)),
                column(words.coming, ({ name, coming: [next] }) =>
                  next ? (
                    <>
                      <Light is="warning">{words.from(timeOf(next.effective_from))}</Light>{' '}
                      <span className="prose">{meaning(name, next.value)}</span>
                    </>
                  ) : (
                    '–'
                  ),
                ),
              ]}
            />
          )}
        </Shown>
      </Card>
    </Page>
  );
}
