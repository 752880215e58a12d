/** The setup of the pages for phones and tills: antd-mobile on React 19, its words, the session, and the cache of answers. */
import { QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider, unstableSetRender } from 'antd-mobile';
import zhCN from 'antd-mobile/es/locales/zh-CN';
import { type ReactNode, StrictMode, useEffect, useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { leaveKeysToInputMethod } from '../shared/input-method.ts';
import { newQueryClient } from '../shared/queries.ts';
import { SessionProvider } from '../shared/session.tsx';
import { LanguageProvider, useLanguage } from '../shared/text.tsx';
import './mobile.css';

// antd-mobile's toasts and dialogs look for the render function of an older React.
unstableSetRender((node, container) => {
  const holder = container as Element & { root?: Root };
  const root = (holder.root ??= createRoot(holder));
  root.render(node);
  return async () => root.unmount();
});

/** Starts a page, and the service worker that keeps it for when there is no network. */
export function start(page: ReactNode): void {
  leaveKeysToInputMethod();
  createRoot(document.getElementById('root')!).render(
    <StrictMode>
      <LanguageProvider>
        <Mobile>{page}</Mobile>
      </LanguageProvider>
    </StrictMode>,
  );
  if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/sw.js').catch(() => undefined);
}

type Locale = typeof zhCN;

function useLocale(): Locale {
  const { language } = useLanguage();
  const [english, setEnglish] = useState<Locale>();
  useEffect(() => {
    if (language === 'en') void import('antd-mobile/es/locales/en-US').then((module) => setEnglish(module.default));
  }, [language]);
  return language === 'en' ? (english ?? zhCN) : zhCN;
}

function Mobile({ children }: { readonly children: ReactNode }) {
  const locale = useLocale();
  const [queries] = useState(newQueryClient);
  return (
    <ConfigProvider locale={locale}>
      <QueryClientProvider client={queries}>
        <SessionProvider>{children}</SessionProvider>
      </QueryClientProvider>
    </ConfigProvider>
  );
}
