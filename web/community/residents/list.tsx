import { Button, Form } from 'antd';
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { keyed } from '../../api/attempt.ts';
import { postResidents } from '../../api/bounds.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, DataTable, pageAt, usePages } from '../../console/data-table.tsx';
import { FormDialog } from '../../console/dialog.tsx';
import { Page } from '../../console/page.tsx';
import { TextItem } from '../../console/text-item.tsx';
import { phoneOf } from '../../../src/text/index.ts';
import { timeOf } from '../../shared/format.ts';
import { useSignedIn } from '../../shared/session.tsx';
import { ResidentPicker } from '../grant/resident-picker.tsx';
import { useWords } from '../words.ts';
import { Standing } from './standing.tsx';

type Resident = Schemas['Resident'];

export function ResidentsPage() {
  const words = useWords().residents;
  const { scopes } = useSignedIn();
  const [, go] = useLocation();
  const pages = usePages<Resident>(['residents'], (cursor) => answer(api.GET('/v1/residents', { params: { query: pageAt(cursor) } })));
  return (
    <Page title={words.title} actions={scopes.includes('residents:write') && <Register />}>
      <Find open={(id) => go(`/residents/${id}`)} />
      <DataTable<Resident>
        label={words.title}
        pages={pages}
        rowKey={({ id }) => id}
        empty={words.none}
        columns={[
          column(words.name, ({ id, name }) => <Link href={`/residents/${id}`}>{name}</Link>),
          column(words.phone, ({ phone }) => phone),
          column(words.status, (resident) => <Standing status={resident.status} reason={resident.status_reason} />),
          column(words.registeredAt, ({ registered_at: at }) => timeOf(at)),
        ]}
      />
    </Page>
  );
}

/** Finds one by phone or name, and opens it. */
function Find({ open }: { readonly open: (id: string) => void }) {
  const words = useWords().residents;
  const [chosen, setChosen] = useState<string>();
  return (
    <Form layout="vertical" className="find" onFinish={() => chosen !== undefined && open(chosen)}>
      <Form.Item name="find-resident" label={words.find}>
        <ResidentPicker onChange={(picked) => setChosen(picked?.value)} />
      </Form.Item>
      <Form.Item>
        <Button htmlType="submit">{words.open}</Button>
      </Form.Item>
    </Form>
  );
}

/** All that the API takes: a resident is registered where the officer is. */
type Entered = Readonly<Record<Exclude<keyof typeof postResidents, 'community_id'>, string>>;

function Register() {
  const words = useWords().residents;
  const [, go] = useLocation();
  return (
    <FormDialog<Entered, Resident>
      name="register-resident"
      label={words.register}
      title={words.register}
      button={{ type: 'primary' }}
      initial={{ name: '', phone: '' }}
      write={({ name, phone }, key) => answer(api.POST('/v1/residents', { ...keyed(key), body: { name: name.trim(), phone } }))}
      at={{ phone_taken: 'phone' }}
      said={({ name }) => words.registered(name)}
      done={({ id }) => go(`/residents/${id}`)}
    >
      <TextItem name="name" label={words.name} bound={postResidents.name} />
      <TextItem
        name="phone"
        label={words.phone}
        bound={postResidents.phone}
        wrong={words.phoneWrong}
        sent={(typed) => phoneOf(typed) ?? typed.trim()}
        input={{ type: 'tel', inputMode: 'tel' }}
      />
    </FormDialog>
  );
}
