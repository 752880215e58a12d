/** The setup of both consoles: antd under a strict content security policy, its words, the session, and the cache of answers. */
import { QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import enUS from 'antd/es/locale/en_US';
import zhCN from 'antd/es/locale/zh_CN';
import { type ReactNode, StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { leaveKeysToInputMethod } from '../shared/input-method.ts';
import { newQueryClient } from '../shared/queries.ts';
import { SessionProvider } from '../shared/session.tsx';
import { LanguageProvider, useLanguage } from '../shared/text.tsx';
import { Unbroken } from './broken.tsx';
import './console.css';

/** The one word that lets antd's style elements pass the policy; it is another one with every page that is served. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property=csp-nonce]')?.nonce ?? '';

// Some of antd's style elements come without it: those that hold the page still below a dialog, and measure scroll bars.
const createElement = document.createElement.bind(document);
document.createElement = (name: string, options?: ElementCreationOptions) => {
  const made = createElement(name, options);
  if (made instanceof HTMLStyleElement) made.nonce = nonce;
  return made;
};

const theme = {
  token: {
    // Nothing moves: what is animated can stay half-way where the page behind a dialog is not drawn, and few like it.
    motion: false,
    colorPrimary: '#0b6e4f',
    // The shade that antd derives from a dark green is too dark to read on.
    colorPrimaryBg: '#e2f1ea',
    colorPrimaryBgHover: '#d3e9df',
    colorInfo: '#0b6e4f',
    colorLink: '#0b6e4f',
    colorLinkHover: '#07523a',
    colorSuccess: '#0b6e4f',
    colorWarning: '#8a6500',
    colorError: '#b3261e',
    // And so are the grounds of what it says.
    colorInfoBg: '#edf6f2',
    colorInfoBorder: '#a9d3c2',
    colorSuccessBg: '#edf6f2',
    colorSuccessBorder: '#a9d3c2',
    colorWarningBg: '#fbf6e7',
    colorWarningBorder: '#dfcb94',
    colorErrorBg: '#fdf0ef',
    colorErrorBorder: '#e6b3af',
    colorTextDescription: '#5c5a54',
    colorTextPlaceholder: '#6f6d66',
    colorBgLayout: '#f6f5f1',
    borderRadius: 8,
    fontFamily: "system-ui, 'PingFang SC', 'Noto Sans SC', 'Microsoft YaHei', sans-serif",
  },
};

export function start(page: ReactNode): void {
  leaveKeysToInputMethod();
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <LanguageProvider>
        <Console>{page}</Console>
      </LanguageProvider>
    </StrictMode>,
  );
}

function Console({ children }: { readonly children: ReactNode }) {
  const { language } = useLanguage();
  const [queries] = useState(newQueryClient);
  return (
    <ConfigProvider csp={{ nonce }} locale={language === 'zh' ? zhCN : enUS} theme={theme} button={{ autoInsertSpace: false }}>
      <App>
        <Unbroken>
          <QueryClientProvider client={queries}>
            <SessionProvider>{children}</SessionProvider>
          </QueryClientProvider>
        </Unbroken>
      </App>
    </ConfigProvider>
  );
}
