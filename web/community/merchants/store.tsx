import { useQueryClient } from '@tanstack/react-query';
import { Form, type FormInstance, Space } from 'antd';
import { NumberInput } from '../../console/number-input.tsx';
import { keyedAt } from '../../api/attempt.ts';
import { postStoresTerminals, putStoresPlace } from '../../api/bounds.ts';
import { answer, api, type Schemas } from '../../api/client.ts';
import { column, DataTable, pageAt, usePages } from '../../console/data-table.tsx';
import { FormDialog } from '../../console/dialog.tsx';
import { Facts } from '../../console/facts.tsx';
import { rangeOf } from '../../console/rules.ts';
import { TextItem } from '../../console/text-item.tsx';
import { useWords } from '../words.ts';

type Store = Schemas['Store'];
type Terminal = Schemas['Terminal'];
type Place = { readonly address: string | null; readonly latitude: number | null; readonly longitude: number | null };

/** Where a store is, and its terminals. */
export function StoreCard({ store, mayWrite }: { readonly store: Store; readonly mayWrite: boolean }) {
  const words = useWords().merchants;
  const { id, address, latitude, longitude } = store;
  const terminals = usePages<Terminal>(['terminals', id], (cursor) =>
    answer(api.GET('/v1/stores/{id}/terminals', { params: { path: { id }, query: pageAt(cursor) } })),
  );
  const place = latitude === null || longitude === null ? words.noPlace : `${latitude}, ${longitude}`;
  return (
    <>
      <Facts
        items={[
          [words.address, address ?? words.noPlace],
          [words.place, place],
          [words.storeId, id],
        ]}
      />
      {mayWrite && (
        <Space wrap className="gap">
          <SetPlace store={store} />
          <AddTerminal storeId={id} />
        </Space>
      )}
      <DataTable<Terminal>
        label={words.terminals}
        pages={terminals}
        rowKey={(each) => each.id}
        empty={words.noTerminals}
        columns={[column(words.terminal, ({ name }) => name), column(words.terminalId, (terminal) => terminal.id)]}
      />
    </>
  );
}

function SetPlace({ store: { id, address, latitude, longitude } }: { readonly store: Store }) {
  const words = useWords().merchants;
  const queries = useQueryClient();
  const withThe = (other: 'latitude' | 'longitude') => ({
    dependencies: [other],
    rules: [
      ({ getFieldValue }: Pick<FormInstance, 'getFieldValue'>) => ({
        validator: (_rule: unknown, typed: number | null) =>
          (typed === null) === (getFieldValue(other) === null) ? Promise.resolve() : Promise.reject(new Error(words.placeHalf)),
      }),
    ],
  });
  return (
    <FormDialog<Place, Store>
      name={`place-${id}`}
      label={words.setPlace}
      title={words.setPlace}
      button={{ size: 'small' }}
      initial={{ address, latitude, longitude }}
      next={(set) => set}
      write={({ address: at, ...where }, key) =>
        answer(
          api.PUT('/v1/stores/{id}/place', {
            ...keyedAt(key, { id }),
            body: { address: at === null || at.trim() === '' ? null : at.trim(), ...where },
          }),
        )
      }
      done={() => void queries.invalidateQueries({ queryKey: ['merchants'] })}
    >
      <TextItem name="address" label={words.address} bound={putStoresPlace.address} />
      <p>{words.placeHint}</p>
      <Space>
        <Form.Item name="latitude" label={words.latitude} {...withThe('longitude')}>
          <NumberInput {...rangeOf(putStoresPlace.latitude)} step={0.0001} />
        </Form.Item>
        <Form.Item name="longitude" label={words.longitude} {...withThe('latitude')}>
          <NumberInput {...rangeOf(putStoresPlace.longitude)} step={0.0001} />
        </Form.Item>
      </Space>
    </FormDialog>
  );
}

function AddTerminal({ storeId: id }: { readonly storeId: string }) {
  const words = useWords().merchants;
  const queries = useQueryClient();
  return (
    <FormDialog
      name={`add-terminal-${id}`}
      label={words.addTerminal}
      title={words.addTerminal}
      button={{ size: 'small' }}
      initial={{ name: '' }}
      write={(body: { readonly name: string }, key) => answer(api.POST('/v1/stores/{id}/terminals', { ...keyedAt(key, { id }), body }))}
      done={() => void queries.invalidateQueries({ queryKey: ['terminals', id] })}
    >
      <TextItem name="name" label={words.terminal} bound={postStoresTerminals.name} />
    </FormDialog>
  );
}
