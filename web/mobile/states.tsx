/** Stand-ins for content that loads, is empty, failed, or is not for this person. */
import { Button, DotLoading } from 'antd-mobile';
import type { ReactNode } from 'react';
import { told } from '../shared/problem-text.ts';
import { useLanguage } from '../shared/text.tsx';
import { useShared } from '../shared/words.ts';

export function Loading() {
  const words = useShared();
  return (
    <div className="state" role="status">
      <DotLoading />
      {words.loading}
    </div>
  );
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <div className="state">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

export function Failed({ error, retry }: { readonly error: unknown; readonly retry?: (() => void) | undefined }) {
  const words = useShared();
  const { language } = useLanguage();
  const { message, reference } = told(error, language, words);
  return (
    <div className="state" role="alert">
      <h2>{message}</h2>
      {reference !== undefined && <span className="note">{reference}</span>}
      {retry && (
        <Button color="primary" fill="outline" onClick={retry}>
          {words.retry}
        </Button>
      )}
    </div>
  );
}
