import { Button } from 'antd-mobile';
import { useLocation } from 'wouter';
import { Empty, Failed, Loading } from '../../mobile/states.tsx';
import { useShared } from '../../shared/words.ts';
import { useVouchers } from '../data.ts';
import { Screen } from '../screen.tsx';
import { Stale } from '../stale.tsx';
import { useWords } from '../words.ts';
import { VoucherCard } from './voucher-card.tsx';

/** All that I took: what can be used first, the one that ends soonest on top. */
export function Vouchers() {
  const words = useWords();
  const shared = useShared();
  const vouchers = useVouchers();
  const [, navigate] = useLocation();
  const all = vouchers.data?.pages.flatMap(({ items }) => items);
  const live = all?.filter(({ status }) => status === 'issued' || status === 'suspended');
  const open = live?.toSorted((a, b) => a.valid_until.localeCompare(b.valid_until)) ?? [];
  const past = all?.filter((voucher) => !live?.includes(voucher)) ?? [];
  return (
    <Screen title={words.vouchers}>
      <Stale query={vouchers} />
      {!all && (vouchers.isError ? <Failed error={vouchers.error} retry={() => void vouchers.refetch()} /> : <Loading />)}
      {all && open.length === 0 && (
        <Empty title={all.length === 0 ? words.noVouchers : words.noOpenVouchers}>
          <Button color="primary" onClick={() => navigate('/exchange')}>
            {words.usePoints}
          </Button>
        </Empty>
      )}
      {open.length > 0 && (
        <section>
          <h2>{words.open}</h2>
          <ul className="cards">
            {open.map((voucher) => (
              <VoucherCard key={voucher.id} voucher={voucher} />
            ))}
          </ul>
        </section>
      )}
      {past.length > 0 && (
        <section>
          <h2>{words.past}</h2>
          <ul className="cards">
            {past.map((voucher) => (
              <VoucherCard key={voucher.id} voucher={voucher} />
            ))}
          </ul>
        </section>
      )}
      {vouchers.hasNextPage && (
        <Button block loading={vouchers.isFetchingNextPage} onClick={() => void vouchers.fetchNextPage()}>
          {shared.more}
        </Button>
      )}
    </Screen>
  );
}
