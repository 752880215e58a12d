/** The frame of a console: its sections at the side, whose office it is above. */
import { Button, Layout, Menu, type MenuProps, Space } from 'antd';
import { type ReactNode, useState } from 'react';
import { Route, Router, Switch, useLocation } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { forgetDrafts } from '../shared/draft.ts';
import { useSession, useSignedIn } from '../shared/session.tsx';
import { useLanguage } from '../shared/text.tsx';
import { useShared } from '../shared/words.ts';

export type Section = {
  /** Where it is: `/grants`. The first section is at `/`. */
  readonly path: string;
  readonly title: string;
  readonly icon: ReactNode;
  /** The scope without which it is not offered. */
  readonly scope?: string;
  readonly page: ReactNode;
  /** Pages below it, by a path pattern of wouter: `/runs/:id`. */
  readonly below?: readonly { readonly path: string; readonly page: ReactNode }[];
};

export function Frame({ office, sections }: { readonly office: string; readonly sections: readonly Section[] }) {
  const { scopes } = useSignedIn();
  const offered = sections.filter(({ scope }) => scope === undefined || scopes.includes(scope));
  return (
    <Router hook={useHashLocation}>
      <Layout className="frame">
        <Side office={office} sections={offered} />
        <Layout>
          <Head office={office} />
          <Layout.Content className="content">
            <Switch>
              {offered.flatMap(({ path, page, below = [] }) => [
                ...below.map((each) => (
                  <Route key={each.path} path={each.path}>
                    {each.page}
                  </Route>
                )),
                <Route key={path} path={path}>
                  {page}
                </Route>,
              ])}
              <Route>{offered[0]?.page}</Route>
            </Switch>
          </Layout.Content>
        </Layout>
      </Layout>
    </Router>
  );
}

function Side({ office, sections }: { readonly office: string; readonly sections: readonly Section[] }) {
  const [location, go] = useLocation();
  const [narrow, setNarrow] = useState(false);
  const items: MenuProps['items'] = sections.map(({ path, title, icon }) => ({ key: path, label: title, icon }));
  const here = sections.findLast(({ path }) => location === path || (path !== '/' && location.startsWith(`${path}/`)))?.path ?? '/';
  return (
    <Layout.Sider theme="light" breakpoint="lg" collapsedWidth={56} collapsed={narrow} onBreakpoint={setNarrow} className="no-print">
      <nav aria-label={office}>
        <Menu mode="inline" items={items} selectedKeys={[here]} onClick={({ key }) => go(key)} />
      </nav>
    </Layout.Sider>
  );
}

function Head({ office }: { readonly office: string }) {
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
      <strong>{office}</strong>
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
