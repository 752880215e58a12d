/** The officers of every office: appointed, given a login or a credential, each by two officers of the street. */
import { Card, Form, Input, Space } from 'antd';
import { useState } from 'react';
import { Select } from '../../console/select.tsx';
import type { Schemas } from '../../api/client.ts';
import { column, Rows } from '../../console/data-table.tsx';
import { FormDialog } from '../../console/dialog.tsx';
import { Shown } from '../../console/states.tsx';
import { propose, useProposed } from '../proposals/propose.ts';
import { ReasonItem } from '../proposals/reason-item.tsx';
import { useNames, useOfficers } from '../queries.ts';
import { useWords } from '../words.ts';

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
              column(words.act, (officer) => (
                <Space>
                  <GiveLogin officer={officer} />
                  <GiveCredential officer={officer} />
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
      initial={{ name: '', office, reason: '' }}
      write={({ name, office: of, reason }, key) =>
        propose({ command: 'officer', input: { name, community_id: of === STREET ? null : of }, reason }, key)
      }
      said={() => words.proposed}
      done={proposed}
    >
      <Form.Item name="name" label={words.name} rules={[{ required: true, whitespace: true, max: 40 }]}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="office" label={words.office} rules={[{ validator: () => Promise.resolve() }]}>
        <Select options={useOffices()} />
      </Form.Item>
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
      write={({ name, reason }, key) => propose({ command: 'login', input: { officer_id: officer.id, name }, reason }, key)}
      said={() => words.proposed}
      done={proposed}
    >
      <p>{words.loginHint}</p>
      <Form.Item name="name" label={words.loginName} rules={[{ required: true }]}>
        <Input autoCapitalize="off" autoComplete="off" maxLength={40} />
      </Form.Item>
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
      <Form.Item name="name" label={words.credentialName} extra={words.credentialNameHint} rules={[{ required: true, max: 60 }]}>
        <Input maxLength={60} />
      </Form.Item>
      <ReasonItem />
    </FormDialog>
  );
}
