import { Link } from 'wouter';
import type { Schemas } from '../../api/client.ts';
import { points, yuan } from '../../shared/format.ts';
import { useWords } from '../words.ts';

export type Offer = Schemas['Offer'];

/** One offer: what it is, where it is good, what it costs; the whole card leads to taking it. */
export function OfferCard({ offer, metres }: { readonly offer: Offer; readonly metres: number | undefined }) {
  const words = useWords();
  const cash = offer.kind === 'cash';
  const where = [
    offer.merchant && words.onlyAt(offer.merchant.name),
    offer.community?.name,
    metres !== undefined && words.distance(metres),
  ];
  return (
    <li>
      <Link className={`card offer ${offer.kind}`} to={`/exchange/${offer.id}`}>
        <span className="offer-text">
          <span className="offer-face">{cash ? words.takesOff(yuan(offer.face_fen)) : words.worth(yuan(offer.face_fen))}</span>
          <strong>{offer.title}</strong>
          {offer.merchant?.status === 'suspended' && <span className="problem">{words.offerSuspended}</span>}
          <span className="note">{cash ? `${words.cashAnywhere} · ${words.cashMultiples}` : where.filter(Boolean).join(' · ')}</span>
        </span>
        <span className="offer-price">{words.price(points(offer.points))}</span>
      </Link>
    </li>
  );
}
