import { lazy, type ReactNode, Suspense } from 'react';
import { Route, Router, Switch } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { rememberInside } from '../mobile/back.ts';
import { Boundary } from '../mobile/boundary.tsx';
import { Loading } from '../mobile/states.tsx';
import { Home } from './home/home.tsx';
import { Tabs } from './tabs.tsx';
import { TakingProvider } from './exchange/taking.tsx';

const Exchange = lazy(async () => ({ default: (await import('./exchange/exchange.tsx')).Exchange }));
const Shops = lazy(async () => ({ default: (await import('./exchange/shops.tsx')).Shops }));
const Vouchers = lazy(async () => ({ default: (await import('./vouchers/vouchers.tsx')).Vouchers }));
const VoucherScreen = lazy(async () => ({ default: (await import('./vouchers/voucher-screen.tsx')).VoucherScreen }));
const CodeScreen = lazy(async () => ({ default: (await import('./code/code-screen.tsx')).CodeScreen }));
const Me = lazy(async () => ({ default: (await import('./me/me.tsx')).Me }));
const Statement = lazy(async () => ({ default: (await import('./me/statement.tsx')).Statement }));
const Messages = lazy(async () => ({ default: (await import('./me/messages.tsx')).Messages }));
const Household = lazy(async () => ({ default: (await import('./household/household.tsx')).Household }));
const HouseholdCode = lazy(async () => ({ default: (await import('./household/code.tsx')).HouseholdCode }));
const JoinHousehold = lazy(async () => ({ default: (await import('./household/join.tsx')).JoinHousehold }));
const ChangePhone = lazy(async () => ({ default: (await import('./me/change-phone.tsx')).ChangePhone }));
const OwnData = lazy(async () => ({ default: (await import('./me/own-data.tsx')).OwnData }));
const Leave = lazy(async () => ({ default: (await import('./leaving/leave.tsx')).Leave }));
const Sessions = lazy(async () => ({ default: (await import('./me/sessions.tsx')).Sessions }));

/** The resident's screens. Sheets have addresses of their own, so that the back button closes them. */
export function App() {
  return (
    <Router hook={useHashLocation} aroundNav={rememberInside}>
      <TakingProvider>
        <Switch>
          <Route path="/vouchers/:id/code">{({ id }) => <Loaded>{<CodeScreen key={id} id={id} />}</Loaded>}</Route>
          <Route>
            <Loaded>
              <Switch>
                <Route path="/">
                  <Home />
                </Route>
                <Route path="/exchange/shops">
                  <Shops />
                </Route>
                <Route path="/exchange/:id?">{({ id }) => <Exchange taking={id} />}</Route>
                <Route path="/vouchers">
                  <Vouchers />
                </Route>
                <Route path="/vouchers/:id/:sheet?">{({ id, sheet }) => <VoucherScreen id={id} cancelling={sheet === 'cancel'} />}</Route>
                <Route path="/me">
                  <Me />
                </Route>
                <Route path="/me/messages">
                  <Messages />
                </Route>
                <Route path="/me/statement">
                  <Statement />
                </Route>
                <Route path="/me/phone">
                  <ChangePhone />
                </Route>
                <Route path="/me/household/code">
                  <HouseholdCode />
                </Route>
                <Route path="/me/household/join">
                  <JoinHousehold />
                </Route>
                <Route path="/me/household/:sheet?/:member?">{({ sheet, member }) => <Household sheet={sheet} memberId={member} />}</Route>
                <Route path="/me/data">
                  <OwnData />
                </Route>
                <Route path="/me/leave">
                  <Leave />
                </Route>
                <Route path="/me/sessions">
                  <Sessions />
                </Route>
                <Route>
                  <Home />
                </Route>
              </Switch>
            </Loaded>
            <Tabs />
          </Route>
        </Switch>
      </TakingProvider>
    </Router>
  );
}

function Loaded({ children }: { readonly children: ReactNode }) {
  return (
    <Boundary>
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </Boundary>
  );
}
