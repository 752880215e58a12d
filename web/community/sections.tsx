import {
  BankOutlined,
  BookOutlined,
  CheckSquareOutlined,
  FundOutlined,
  GiftOutlined,
  HistoryOutlined,
  HomeOutlined,
  ShopOutlined,
  SwapOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { lazy } from 'react';
import { AccountPage } from '../console/account/account.tsx';
import { Frame, type Section } from '../console/frame.tsx';
import { OwnPerson } from '../console/own-person.tsx';
import { useSignedIn } from '../shared/session.tsx';
import { BatchPage } from './grant/batch.tsx';
import { GrantPage } from './grant/grant-page.tsx';
import { GrantsPage } from './grants.tsx';
import { HomePage } from './home.tsx';
import { LimitsPage } from './limits.tsx';
import { MerchantsPage } from './merchants/list.tsx';
import { MerchantPage } from './merchants/merchant.tsx';
import { DeedsPage } from './positions/deeds.tsx';
import { PositionsPage } from './positions/positions.tsx';
import { RedemptionsPage } from './positions/redemptions.tsx';
import { GrantListPage } from './proposals/grant-list.tsx';
import { ProposalsPage } from './proposals/list.tsx';
import { ProposalPage } from './proposals/proposal.tsx';
import { forOthers, useOpenProposals } from './proposals/use-open.ts';
import { RegisterPage } from './residents/desk/register.tsx';
import { ResidentListPage } from './residents/list-file/list-page.tsx';
import { ResidentsPage } from './residents/list.tsx';
import { ResidentPage } from './residents/resident.tsx';
import { StopChangePage } from './residents/stop-change.tsx';
import { TakingPage } from './residents/taking.tsx';
import { useWaiting } from './residents/waiting/use-waiting.ts';
import { WaitingPage } from './residents/waiting/waiting-page.tsx';
import { RulesPage } from './rules/list.tsx';
import { RulePage } from './rules/rule.tsx';
import { RunPage } from './settlements/run.tsx';
import { RunsPage } from './settlements/runs.tsx';
import { useWords } from './words.ts';

/** It carries what draws barcodes, which no other page needs. */
const PaperPage = lazy(async () => ({ default: (await import('./residents/paper.tsx')).PaperPage }));

/** All that an officer of a community does, as far as their scopes allow. */
export function Sections() {
  const { office, sections: words } = useWords();
  const { community, officer_id: self } = useSignedIn();
  const registrations = useWaiting()?.all;
  const proposals = useOpenProposals().data;
  const sections: Section[] = [
    { path: '/', title: words.home, icon: <HomeOutlined />, page: <HomePage /> },
    {
      path: '/grant',
      title: words.grant,
      icon: <GiftOutlined />,
      scope: 'grants:write',
      page: <GrantPage />,
      below: [{ path: '/grant/batch', page: <BatchPage /> }],
    },
    { path: '/grants', title: words.grants, icon: <HistoryOutlined />, scope: 'grants:read', page: <GrantsPage /> },
    {
      path: '/residents',
      title: words.residents,
      icon: <TeamOutlined />,
      scope: 'residents:read',
      waits: registrations,
      page: <ResidentsPage />,
      below: [
        { path: '/residents/register', page: <RegisterPage /> },
        { path: '/residents/list', page: <ResidentListPage /> },
        { path: '/residents/taking', page: <TakingPage /> },
        { path: '/residents/waiting', page: <WaitingPage /> },
        { path: '/residents/stop-change', page: <StopChangePage /> },
        { path: '/residents/:id/papers/:voucher', page: <PaperPage /> },
        { path: '/residents/:id', page: <ResidentPage /> },
      ],
    },
    {
      path: '/merchants',
      title: words.merchants,
      icon: <ShopOutlined />,
      scope: 'merchants:read',
      page: <MerchantsPage />,
      below: [{ path: '/merchants/:id', page: <MerchantPage /> }],
    },
    {
      path: '/rules',
      title: words.rules,
      icon: <BookOutlined />,
      scope: 'rules:read',
      page: <RulesPage />,
      below: [{ path: '/rules/:id', page: <RulePage /> }],
    },
    {
      path: '/proposals',
      title: words.proposals,
      icon: <CheckSquareOutlined />,
      scope: 'proposals:read',
      waits: proposals && String(forOthers(proposals, self)),
      page: <ProposalsPage />,
      below: [
        { path: '/proposals/lists/:id', page: <GrantListPage /> },
        { path: '/proposals/:id', page: <ProposalPage /> },
      ],
    },
    { path: '/limits', title: words.limits, icon: <FundOutlined />, scope: 'limits:read', page: <LimitsPage /> },
    {
      path: '/positions',
      title: words.positions,
      icon: <SwapOutlined />,
      scope: 'positions:read',
      page: <PositionsPage />,
      below: [
        { path: '/positions/redemptions/:id', page: <DeedsPage /> },
        { path: '/positions/of/:issuer/:acquirer/:day', page: <RedemptionsPage /> },
        { path: '/positions/:by/:from/:through', page: <PositionsPage /> },
      ],
    },
    {
      path: '/settlements',
      title: words.settlements,
      icon: <BankOutlined />,
      scope: 'settlements:read',
      page: <RunsPage />,
      below: [{ path: '/settlements/:id', page: <RunPage /> }],
    },
    { path: '/account', title: words.account, icon: <UserOutlined />, page: <AccountPage /> },
  ];
  return <Frame office={`${office} · ${community!.name}`} sections={sections} notice={<OwnPerson />} />;
}
