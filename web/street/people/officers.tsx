/** The officers of every office: appointed, given a login or a credential, each by two officers of the street. */
import { Card, Form, Space } from 'antd';
import { useState } from 'react';
import { Select } from '../../console/select.tsx';
import { postProposals } from '../../api/bounds.ts';
import type { Schemas } from '../../api/client.ts';
import { column, Rows } from '../../console/data-table.tsx';
import { FormDialog } from '../../console/dialog.tsx';
import { Shown } from '../../console/states.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { propose, useProposed } from '../proposals/propose.ts';
import { ReasonItem } from '../proposals/reason-item.tsx';
import { useNames, useOfficers } from '../queries.ts';
import { useWords } from '../words.ts';
import { nobodyYet, personIn, PersonItems, PersonOf, StatePerson } from './person.tsx';

/** How the street office stands in a choice of offices. */
const STREET = '';

export function useOffices() {
  const { people: words } = useWords();
  return [{ value: STREET, label: words.street }, ...useNames().all.map(({ id, name }) => ({ value: id, label: name }))];
}

export function Officers() {
  const { people: words } = useWords();
  const [office, setOffice] = useState(STREET);
  const officers = useOfficers(office === STREET ? null : office);
  const offices = useOffices();
  const choice = (
    <Space wrap>
      <Select aria-label={words.office} value={office} onChange={setOffice} options={offices} className="short" />
      <Appoint office={office} />
    </Space>
  );
  return (
    <Card title={<h2>{words.officers}</h2>} extra={choice}>
      <p className="lead">{words.officersLead}</p>
      <Shown query={officers}>
        {(rows) => (
          <Rows<Schemas['Officer']>
            label={words.officers}
            empty={words.noOfficers}
            rows={rows.filter(({ community_id: of }) => of === (office === STREET ? null : office))}
            rowKey={({ id }) => id}
            columns={[
              column(words.name, ({ name }) => name),
              column(words.office, ({ community_id: of }) => offices.find(({ value }) => value === (of ?? STREET))?.label),
              column(words.person, (officer) => <PersonOf officer={officer} />),
              column(words.act, (officer) => (
                <Space>
                  <GiveLogin officer={officer} />
                  <GiveCredential officer={officer} />
                  <StatePerson officer={officer} />
                </Space>
              )),
            ]}
          />
        )}
      </Shown>
    </Card>
  );
}

function Appoint({ office }: { readonly office: string }) {
  const { people: words } = useWords();
  const proposed = useProposed();
  return (
    <FormDialog
      key={office}
      name={`appoint-${office}`}
      label={words.appoint}
      title={words.appointTitle}
      submit={words.propose}
      initial={{ name: '', office, ...nobodyYet, reason: '' }}
      write={({ name, office: of, reason, ...person }, key) =>
        propose(
          { command: 'officer', input: { name, community_id: of === STREET ? null : of, resident_id: personIn(person) }, reason },
          key,
        )
      }
      said={() => words.proposed}
      done={proposed}
    >
      <TextItem name="name" label={words.name} bound={postProposals.officer.input.name} />
      <Form.Item name="office" label={words.office} rules={[{ validator: () => Promise.resolve() }]}>
        <Select options={useOffices()} />
      </Form.Item>
      <PersonItems />
      <ReasonItem />
    </FormDialog>
  );
}

type Of = { readonly officer: Schemas['Officer'] };

function GiveLogin({ officer }: Of) {
  const { people: words } = useWords();
  const proposed = useProposed();
  return (
    <FormDialog
      name={`login-${officer.id}`}
      label={words.login}
      title={words.loginTitle(officer.name)}
      submit={words.propose}
      button={{ size: 'small' }}
      initial={{ name: '', reason: '' }}
      write={({ name, reason }, key) => propose({ command: 'login', input: { officer_id: officer.id, name: name.trim() }, reason }, key)}
      said={() => words.proposed}
      done={proposed}
    >
      <p>{words.loginHint}</p>
      <TextItem
        name="name"
        label={words.loginName}
        bound={postProposals.login.input.name}
        wrong={words.loginNameHint}
        input={{ autoCapitalize: 'off' }}
      />
      <ReasonItem />
    </FormDialog>
  );
}

function GiveCredential({ officer }: Of) {
  const { people: words } = useWords();
  const proposed = useProposed();
  return (
    <FormDialog
      name={`credential-${officer.id}`}
      label={words.credential}
      title={words.credentialTitle(officer.name)}
      submit={words.propose}
      button={{ size: 'small' }}
      initial={{ name: '', reason: '' }}
      write={({ name, reason }, key) => propose({ command: 'credential', input: { officer_id: officer.id, name }, reason }, key)}
      said={() => words.proposed}
      done={proposed}
    >
      <p>{words.credentialHint}</p>
      <TextItem name="name" label={words.credentialName} extra={words.credentialNameHint} bound={postProposals.credential.input.name} />
      <ReasonItem />
    </FormDialog>
  );
}
