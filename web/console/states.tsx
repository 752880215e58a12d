/** Stand-ins for content that loads, is empty, failed, or is not for this person. */
import { Alert, Button, Empty as Nothing, Result, Skeleton } from 'antd';
import type { ReactNode } from 'react';
import { ApiProblem } from '../api/client.ts';
import { told } from '../shared/problem-text.ts';
import { useLanguage } from '../shared/text.tsx';
import { useShared } from '../shared/words.ts';

export function Loading() {
  const words = useShared();
  return (
    <div role="status" aria-label={words.loading}>
      <Skeleton active />
    </div>
  );
}

export function Empty({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  return (
    <Nothing image={Nothing.PRESENTED_IMAGE_SIMPLE} description={title}>
      {children}
    </Nothing>
  );
}

/** Only for others, whatever leads to it. */
export function NotForYou() {
  const words = useShared();
  return <Result status="403" title={words.noPermission} subTitle={words.noPermissionHint} />;
}

export function Failed({ error, retry }: { readonly error: unknown; readonly retry?: (() => void) | undefined }) {
  const words = useShared();
  const { language } = useLanguage();
  if (error instanceof ApiProblem && error.status === 403) {
    return <NotForYou />;
  }
  const { message, reference } = told(error, language, words);
  const again = retry && (
    <Button size="small" onClick={retry}>
      {words.retry}
    </Button>
  );
  return <Alert type="error" showIcon title={message} description={reference} action={again} />;
}

type Query<T> = { readonly data: T | undefined; readonly error: unknown; readonly isPending: boolean; refetch(): unknown };

/** A part of a page that shows an answer: while it comes, when it fails, and when it is there. */
export function Shown<T>({ query, children }: { readonly query: Query<T>; readonly children: (data: T) => ReactNode }) {
  if (query.data !== undefined) {
    return (
      <>
        {query.error !== null && <Failed error={query.error} retry={() => void query.refetch()} />}
        {children(query.data)}
      </>
    );
  }
  return query.isPending ? <Loading /> : <Failed error={query.error} retry={() => void query.refetch()} />;
}
