import { Button, Form, Input } from 'antd';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, DataTable, pageAt, usePages } from '../../console/data-table.tsx';
import { timeOf } from '../../shared/format.ts';
import { useWords } from '../words.ts';
import { OfPhone } from './desk/known.tsx';
import { soughtOf } from './sought.ts';
import { Standing } from './standing.tsx';

type Resident = Schemas['Resident'];
type Body = { readonly name: string } | { readonly phone_end: string } | { readonly household_of: string };

const PAUSE_MS = 250;

/** One field for a part of the name, the end of the phone or the whole of it, and below it who is found: without any, everybody. */
export function Search() {
  const words = useWords().people.find;
  const [typed, setTyped] = useKept();
  const [home, setHome] = useState<Resident>();
  const sought = soughtOf(usePaused(typed));
  return (
    <>
      <Form layout="vertical" className="find">
        <Form.Item label={words.label} htmlFor="find-resident" extra={words.hint}>
          <Input
            id="find-resident"
            autoComplete="off"
            value={typed}
            onChange={({ target }) => {
              setTyped(target.value);
              setHome(undefined);
            }}
          />
        </Form.Item>
      </Form>
      <div role="status">{sought.by === 'incomplete' && words.incomplete}</div>
      {home !== undefined ? (
        <Household of={home} open={setHome} back={() => setHome(undefined)} />
      ) : (
        <>
          {sought.by === 'phone' && <OfPhone phone={sought.phone} />}
          {sought.by === 'lookup' && <Found body={sought.body} open={setHome} />}
          {sought.by === 'nothing' && <Everybody open={setHome} />}
        </>
      )}
    </>
  );
}

/** Opens the household of a resident, in place of what was found. */
type Opens = { readonly open: (resident: Resident) => void };

function Everybody({ open }: Opens) {
  const words = useWords().residents;
  const pages = usePages<Resident>(['residents'], (cursor) => answer(api.GET('/v1/residents', { params: { query: pageAt(cursor) } })));
  return <Residents label={words.title} empty={words.none} pages={pages} open={open} />;
}

function useFound(body: Body) {
  return usePages<Resident>(['residents', 'found', body], async (cursor) => {
    const found = await answer(api.POST('/v1/residents/lookup', { params: { query: pageAt(cursor) }, body }));
    return 'items' in found ? found : { items: [], next_cursor: null };
  });
}

function Found({ body, open }: Opens & { readonly body: Body }) {
  const words = useWords().people.find;
  return <Residents label={words.found} empty={words.nobody} pages={useFound(body)} open={open} />;
}

type HouseholdProps = Opens & { readonly of: Resident; readonly back: () => void };

function Household({ of: { id, name }, open, back }: HouseholdProps) {
  const words = useWords().people.find;
  return (
    <>
      <div className="page-head">
        <h2>{words.householdOf(name)}</h2>
        <Button onClick={back}>{words.back}</Button>
      </div>
      <Residents label={words.householdOf(name)} empty={words.noHousehold} pages={useFound({ household_of: id })} open={open} />
    </>
  );
}

type ResidentsProps = Opens & { readonly label: string; readonly empty: string; readonly pages: ReturnType<typeof usePages<Resident>> };

function Residents({ open, ...table }: ResidentsProps) {
  const { residents: words, people } = useWords();
  return (
    <DataTable<Resident>
      {...table}
      rowKey={({ id }) => id}
      columns={[
        column(words.name, ({ id, name }) => <Link href={`/residents/${id}`}>{name}</Link>),
        column(words.phone, ({ phone }) => phone),
        column(words.status, (resident) => <Standing status={resident.status} reason={resident.status_reason} />),
        column(words.registeredAt, ({ registered_at: at }) => timeOf(at)),
        column(people.find.actions, (resident) => (
          <Button size="small" onClick={() => open(resident)}>
            {people.find.household}
          </Button>
        )),
      ]}
    />
  );
}

const KEPT = 'sought';

/** The typed text, kept with this place in the history of the tab: going back from a resident finds the same people. It is in no URL. */
function useKept(): readonly [string, (typed: string) => void] {
  const [typed, setTyped] = useState(() => (history.state as { readonly [KEPT]?: string } | null)?.[KEPT] ?? '');
  const set = (next: string) => {
    setTyped(next);
    history.replaceState({ ...(history.state as object | null), [KEPT]: next }, '');
  };
  return [typed, set];
}

/** The typed text, once nothing has been typed for `PAUSE_MS`. */
function usePaused(typed: string): string {
  const [paused, setPaused] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setPaused(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return paused;
}
