/** The frame of a console: its sections at the side, or on a phone behind a button; whose office it is above. */
import { MenuOutlined } from '@ant-design/icons';
import { Button, Drawer, Grid, Layout, Menu, type MenuProps, Space } from 'antd';
import { type ReactNode, Suspense, useState } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { forgetDrafts } from '../shared/draft.ts';
import { useSession, useSignedIn } from '../shared/session.tsx';
import { useLanguage } from '../shared/text.tsx';
import { useShared } from '../shared/words.ts';
import { Unbroken } from './broken.tsx';
import { NotReady } from './not-ready.tsx';
import { Page } from './page.tsx';
import { Loading, NotForYou } from './states.tsx';
import { Waits } from './waits.tsx';
import { useConsole } from './words.ts';

const CONTENT = 'content';

export type Section = {
  /** Where it is: `/grants`. The first section is at `/`. */
  readonly path: string;
  readonly title: string;
  readonly icon: ReactNode;
  /** The number of things that wait there for an officer; undefined while it is not known. */
  readonly waits?: string | undefined;
  /** The scope without which it is not offered. */
  readonly scope?: string;
  readonly page: ReactNode;
  /** Pages below it, by a path pattern of wouter: `/runs/:id`. */
  readonly below?: readonly { readonly path: string; readonly page: ReactNode }[];
};

type FrameProps = {
  readonly office: string;
  readonly sections: readonly Section[];
  /** Above every section: what concerns the person who is signed in. */
  readonly notice?: ReactNode;
};

export function Frame({ office, sections, notice }: FrameProps) {
  const { scopes } = useSignedIn();
  const { md: roomy = true } = Grid.useBreakpoint();
  const offered = sections.filter(({ scope }) => scope === undefined || scopes.includes(scope));
  return (
    <Router hook={useHashLocation}>
      <Skip />
      <Layout className="frame">
        {roomy && (
          <Layout.Sider theme="light" width="13rem" className="no-print">
            <Sections office={office} sections={offered} />
          </Layout.Sider>
        )}
        <Layout>
          <Head office={office}>{!roomy && <SectionsBehindButton office={office} sections={offered} />}</Head>
          <NotReady />
          {notice}
          <Layout.Content className="content" id={CONTENT} tabIndex={-1}>
            <Here>
              <Switch>
                {sections.flatMap((section) =>
                  [...(section.below ?? []), section].map(({ path, page }) => (
                    <Route key={path} path={path}>
                      {offered.includes(section) ? page : <Withheld title={section.title} />}
                    </Route>
                  )),
                )}
                <Route>{offered[0]?.page}</Route>
              </Switch>
            </Here>
          </Layout.Content>
        </Layout>
      </Layout>
    </Router>
  );
}

/** The page at the address: while it is loaded, and where it cannot be drawn. */
function Here({ children }: { readonly children: ReactNode }) {
  const [location] = useLocation();
  return (
    <Unbroken place={location}>
      <Suspense fallback={<Loading />}>{children}</Suspense>
    </Unbroken>
  );
}

function Withheld({ title }: Pick<Section, 'title'>) {
  return (
    <Page title={title}>
      <NotForYou />
    </Page>
  );
}

/** The first thing that the keyboard reaches: past the sections. The address is the page's, so it is no link. */
function Skip() {
  const words = useConsole();
  return (
    <button type="button" className="skip no-print" onClick={() => document.getElementById(CONTENT)?.focus()}>
      {words.skip}
    </button>
  );
}

type SectionsProps = { readonly office: string; readonly sections: readonly Section[]; readonly chosen?: () => void };

function Sections({ office, sections, chosen }: SectionsProps) {
  const [location, go] = useLocation();
  const words = useConsole();
  const items: MenuProps['items'] = sections.map(({ path, title, icon, waits }) => ({
    key: path,
    label: (
      <>
        {title} <Waits many={waits} said={words.waits} />
      </>
    ),
    icon,
  }));
  const here = sections.findLast(({ path }) => location === path || (path !== '/' && location.startsWith(`${path}/`)))?.path ?? '/';
  const choose: MenuProps['onClick'] = ({ key }) => {
    go(key);
    chosen?.();
  };
  return (
    <nav aria-label={office}>
      <Menu mode="inline" items={items} selectedKeys={[here]} onClick={choose} />
    </nav>
  );
}

/** The number of things that wait in all sections together. */
function allWaiting(sections: readonly Section[]): string {
  const all = sections.map(({ waits = '0' }) => waits);
  const sum = all.reduce((before, each) => before + Number.parseInt(each, 10), 0);
  return all.some((each) => each.endsWith('+')) ? `${sum}+` : String(sum);
}

function SectionsBehindButton({ office, sections }: SectionsProps) {
  const words = useConsole();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<MenuOutlined />} aria-expanded={open} onClick={() => setOpen(true)}>
        {words.menu} <Waits many={allWaiting(sections)} said={words.waits} />
      </Button>
      <Drawer open={open} onClose={() => setOpen(false)} placement="left" size="16rem" title={office} className="sections">
        <Sections office={office} sections={sections} chosen={() => setOpen(false)} />
      </Drawer>
    </>
  );
}

function Head({ office, children }: { readonly office: string; readonly children: ReactNode }) {
  const words = useShared();
  const { signOut } = useSession();
  const { person_name: name } = useSignedIn();
  const { language, choose } = useLanguage();
  const leave = () => {
    forgetDrafts();
    void signOut();
  };
  return (
    <Layout.Header className="head no-print">
      <Space>
        {children}
        <strong>{office}</strong>
      </Space>
      <Space>
        <span>{name}</span>
        <Button size="small" onClick={() => choose(language === 'zh' ? 'en' : 'zh')}>
          {words.language}
        </Button>
        <Button size="small" onClick={leave}>
          {words.signOut}
        </Button>
      </Space>
    </Layout.Header>
  );
}
