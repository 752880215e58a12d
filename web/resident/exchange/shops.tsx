import { Empty, Failed, Loading } from '../../mobile/states.tsx';
import { useStores } from '../data.ts';
import { Screen } from '../screen.tsx';
import { useWords } from '../words.ts';
import { Filters, Lists, useChosenCommunity } from './filters.tsx';
import { byDistance, distanceTo, useNearness } from './near.ts';

/** Where vouchers are taken. */
export function Shops() {
  const words = useWords();
  const community = useChosenCommunity();
  const stores = useStores(community);
  const near = useNearness();
  const shown = stores.data
    ?.map((store) => ({ store, metres: distanceTo(store, near) }))
    .toSorted((a, b) => byDistance(a.metres, b.metres) || a.store.community.id.localeCompare(b.store.community.id));
  return (
    <Screen title={words.exchange}>
      <Lists />
      <Filters />
      {shown?.length === 0 && <Empty title={words.noShops} />}
      {shown ? (
        <ul className="cards">
          {shown.map(({ store, metres }) => (
            <li key={store.id} className="card">
              <strong>{store.name.startsWith(store.merchant.name) ? store.name : `${store.merchant.name} · ${store.name}`}</strong>
              <span className="note">
                {[store.community.name, metres !== undefined && words.distance(metres)].filter(Boolean).join(' · ')}
              </span>
              <span className="note">{store.address ?? words.noAddress}</span>
            </li>
          ))}
        </ul>
      ) : stores.isError ? (
        <Failed error={stores.error} retry={() => void stores.refetch()} />
      ) : (
        <Loading />
      )}
    </Screen>
  );
}
