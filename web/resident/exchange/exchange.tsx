import { Empty, Failed, Loading } from '../../mobile/states.tsx';
import { points } from '../../shared/format.ts';
import { useOffers, useStores, useWallet } from '../data.ts';
import { Screen } from '../screen.tsx';
import { useWords } from '../words.ts';
import { Filters, Lists, useChosenCommunity } from './filters.tsx';
import { byDistance, distanceTo, useNearness } from './near.ts';
import { type Offer, OfferCard } from './offer-card.tsx';
import { TakeSheet } from './take-sheet.tsx';

/** The offers to be had for points; over them, the sheet of the offer `taking`, an id. */
export function Exchange({ taking }: { readonly taking: string | undefined }) {
  const words = useWords();
  const wallet = useWallet();
  const offers = useOffers();
  return (
    <Screen title={words.exchange}>
      {wallet.data && <p className="have">{words.have(points(wallet.data.points))}</p>}
      <Lists />
      <Filters />
      {offers.data ? (
        <OfferList offers={offers.data} />
      ) : offers.isError ? (
        <Failed error={offers.error} retry={() => void offers.refetch()} />
      ) : (
        <Loading />
      )}
      {taking !== undefined && offers.data && <TakeSheet key={taking} offer={offers.data.find(({ id }) => id === taking)} />}
    </Screen>
  );
}

function OfferList({ offers }: { readonly offers: readonly Offer[] }) {
  const words = useWords();
  const community = useChosenCommunity();
  const distance = useDistances();
  // Cash is good everywhere, so it is first in every community.
  const shown = offers
    .filter((offer) => community === undefined || offer.community_id === null || offer.community_id === community)
    .map((offer) => ({ offer, metres: distance(offer) }))
    .toSorted((a, b) => cashFirst(a.offer, b.offer) || byDistance(a.metres, b.metres) || a.offer.points - b.offer.points);
  if (shown.length === 0) return <Empty title={words.noOffers} />;
  return (
    <ul className="cards">
      {shown.map(({ offer, metres }) => (
        <OfferCard key={offer.id} offer={offer} metres={metres} />
      ))}
    </ul>
  );
}

function cashFirst(a: Offer, b: Offer): number {
  return Number(b.kind === 'cash') - Number(a.kind === 'cash');
}

/** How far the nearest store of an offer's merchant is, where the phone says where it is. */
function useDistances(): (offer: Offer) => number | undefined {
  const near = useNearness();
  const stores = useStores(undefined, near.state === 'on');
  return ({ merchant_id: merchantId }) => {
    if (merchantId === null) return undefined;
    const metres = (stores.data ?? [])
      .filter(({ merchant }) => merchant.id === merchantId)
      .map((store) => distanceTo(store, near) ?? Infinity);
    const nearest = Math.min(...metres);
    return Number.isFinite(nearest) ? nearest : undefined;
  };
}
