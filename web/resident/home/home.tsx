import { Button } from 'antd-mobile';
import { useLocation } from 'wouter';
import { Failed, Loading } from '../../mobile/states.tsx';
import { useWallet } from '../data.ts';
import { Screen } from '../screen.tsx';
import { Stale } from '../stale.tsx';
import { useWords } from '../words.ts';
import { Lots } from './lots.tsx';
import { PointsCard } from './points-card.tsx';
import { ReadyVouchers } from './ready-vouchers.tsx';
import { Year } from './year.tsx';

/** The first screen: the resident's points with those that expire next, vouchers to use, lots, and the last twelve months. */
export function Home() {
  const words = useWords();
  const wallet = useWallet();
  const [, navigate] = useLocation();
  return (
    <Screen title={words.myPoints}>
      <Stale query={wallet} />
      {wallet.data ? (
        <>
          <PointsCard wallet={wallet.data} />
          <Button block color="primary" size="large" className="main-action" onClick={() => navigate('/exchange')}>
            {words.usePoints}
          </Button>
          <ReadyVouchers />
          <Lots wallet={wallet.data} />
          <Year />
        </>
      ) : wallet.isError ? (
        <Failed error={wallet.error} retry={() => void wallet.refetch()} />
      ) : (
        <Loading />
      )}
    </Screen>
  );
}
