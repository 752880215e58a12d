import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd-mobile';
import { allPages, answer, api, PAGE_MAX } from '../../api/client.ts';
import { Empty, Failed, Loading } from '../../mobile/states.tsx';
import { useWords } from '../words.ts';

type Choice = { readonly id: string; readonly name: string };

/** A login of a whole merchant says once on each device at which of its stores that stands. */
export function StoreChoice({ merchantId, choose }: { readonly merchantId: string; readonly choose: (store: Choice) => void }) {
  const words = useWords();
  const stores = useQuery({ queryKey: ['stores', merchantId], queryFn: () => storesOf(merchantId) });
  return (
    <main className="screen">
      <h1>{words.chooseStore}</h1>
      <p className="note">{words.chooseStoreHint}</p>
      {stores.isPending && <Loading />}
      {stores.error && <Failed error={stores.error} retry={() => void stores.refetch()} />}
      {stores.data?.length === 0 && <Empty title={words.noStores} />}
      <div className="choices">
        {stores.data?.map(({ id, name, address }) => (
          <Button key={id} block size="large" onClick={() => choose({ id, name })}>
            {name}
            {address !== null && <span className="note"> {address}</span>}
          </Button>
        ))}
      </div>
    </main>
  );
}

async function storesOf(merchantId: string) {
  return allPages((cursor) =>
    answer(api.GET('/v1/stores', { params: { query: { merchant_id: merchantId, limit: PAGE_MAX, ...(cursor && { cursor }) } } })),
  );
}
