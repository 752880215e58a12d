/** The street office's console: its sections, and the pages below them. */
import {
  ApiOutlined,
  AuditOutlined,
  BankOutlined,
  BookOutlined,
  DashboardOutlined,
  FileProtectOutlined,
  IdcardOutlined,
  LineChartOutlined,
  SafetyCertificateOutlined,
  SolutionOutlined,
  SwapOutlined,
  TeamOutlined,
  UserOutlined,
} from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useParams } from 'wouter';
import { AccountPage } from '../console/account/account.tsx';
import { Frame, type Section } from '../console/frame.tsx';
import { AuditsPage } from './audits.tsx';
import { ClientsPage } from './clients/clients.tsx';
import { NewClientPage } from './clients/new-client.tsx';
import { FiguresPage } from './figures/figures.tsx';
import { FlowsPage } from './flows/flows.tsx';
import { rangeOf } from './flows/months.ts';
import { PairPage } from './flows/pair.tsx';
import { type AccountKind, AccountsPage } from './ledger/accounts.tsx';
import { AdjustmentsPage } from './ledger/adjustments.tsx';
import { EntryPage } from './ledger/entry.tsx';
import { LedgerPage } from './ledger/ledger.tsx';
import { FundPage } from './limits/fund.tsx';
import { LimitsPage } from './limits/limits.tsx';
import { OverviewPage } from './overview/overview.tsx';
import { PeoplePage } from './people/communities.tsx';
import { PersonalPage } from './personal/personal.tsx';
import { PoliciesPage } from './policies/policies.tsx';
import { type PolicyName, policyNamed } from './policies/policy.ts';
import { PolicyPage } from './policies/policy-page.tsx';
import { ProposalPage } from './proposals/proposal.tsx';
import { ProposalsPage } from './proposals/proposals.tsx';
import { RunPage, runTab } from './settlement/run.tsx';
import { RunsPage } from './settlement/runs.tsx';
import type { Words } from './text/zh.ts';
import { useWords } from './words.ts';

export function Street() {
  const { office, sections } = useWords();
  return <Frame office={office} sections={sectionsOf(sections)} />;
}

/** A page that is made of what stands in its path. */
function Of({ children }: { readonly children: (params: Readonly<Record<string, string>>) => ReactNode }) {
  return children(useParams());
}

function PolicyOf({ name }: { readonly name: PolicyName | undefined }) {
  return name === undefined ? <PoliciesPage /> : <PolicyPage key={name} name={name} />;
}

function sectionsOf(titles: Words['sections']): Section[] {
  return [
    { path: '/', title: titles.overview, icon: <DashboardOutlined />, page: <OverviewPage /> },
    {
      path: '/flows',
      title: titles.flows,
      icon: <SwapOutlined />,
      scope: 'positions:read',
      page: <FlowsPage />,
      below: [
        {
          path: '/flows/:from/:through/:issuer/:acquirer',
          page: (
            <Of>
              {({ from, through, issuer, acquirer }) => <PairPage range={rangeOf(from, through)} issuer={issuer!} acquirer={acquirer!} />}
            </Of>
          ),
        },
        { path: '/flows/:from/:through', page: <Of>{({ from, through }) => <FlowsPage range={rangeOf(from, through)} />}</Of> },
      ],
    },
    {
      path: '/runs',
      title: titles.runs,
      icon: <BankOutlined />,
      scope: 'settlements:read',
      page: <RunsPage />,
      below: [{ path: '/runs/:id/:tab?', page: <Of>{({ id, tab }) => <RunPage key={id} id={id!} tab={runTab(tab)} />}</Of> }],
    },
    {
      path: '/limits',
      title: titles.limits,
      icon: <SafetyCertificateOutlined />,
      scope: 'limits:read',
      page: <LimitsPage />,
      below: [{ path: '/limits/:id', page: <Of>{({ id }) => <FundPage key={id} id={id!} />}</Of> }],
    },
    {
      path: '/policies',
      title: titles.policies,
      icon: <FileProtectOutlined />,
      scope: 'policies:read',
      page: <PoliciesPage />,
      below: [{ path: '/policies/:name', page: <Of>{({ name }) => <PolicyOf name={policyNamed(name)} />}</Of> }],
    },
    {
      path: '/proposals',
      title: titles.proposals,
      icon: <SolutionOutlined />,
      scope: 'proposals:read',
      page: <ProposalsPage />,
      below: [{ path: '/proposals/:id', page: <Of>{({ id }) => <ProposalPage key={id} id={id!} />}</Of> }],
    },
    { path: '/people', title: titles.people, icon: <TeamOutlined />, scope: 'officers:read', page: <PeoplePage /> },
    {
      path: '/clients',
      title: titles.clients,
      icon: <ApiOutlined />,
      scope: 'clients:read',
      page: <ClientsPage />,
      below: [{ path: '/clients/new', page: <NewClientPage /> }],
    },
    {
      path: '/ledger',
      title: titles.ledger,
      icon: <BookOutlined />,
      scope: 'ledger:read',
      page: <LedgerPage />,
      below: [
        { path: '/ledger/adjustments', page: <AdjustmentsPage /> },
        { path: '/ledger/entries/:id', page: <Of>{({ id }) => <EntryPage id={id!} />}</Of> },
        {
          path: '/ledger/accounts/:community/:kind',
          page: <Of>{({ community, kind }) => <AccountsPage community={community!} kind={kind as AccountKind} />}</Of>,
        },
      ],
    },
    { path: '/audits', title: titles.audits, icon: <AuditOutlined />, scope: 'ledger:read', page: <AuditsPage /> },
    { path: '/personal', title: titles.personal, icon: <IdcardOutlined />, scope: 'residents:read', page: <PersonalPage /> },
    { path: '/figures', title: titles.figures, icon: <LineChartOutlined />, scope: 'positions:read', page: <FiguresPage /> },
    { path: '/account', title: titles.account, icon: <UserOutlined />, page: <AccountPage /> },
  ];
}
