import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { answer, api } from '../../api/client.ts';
import { Failed, Loading } from '../../mobile/states.tsx';

/** The privacy notice, whole; below it, once it is there, the way on from this version. */
export function Notice({ children }: { readonly children?: (version: number) => ReactNode }) {
  const notice = useQuery({ queryKey: ['notice'], queryFn: () => answer(api.GET('/v1/privacy-notice')) });
  if (!notice.data) return notice.isError ? <Failed error={notice.error} retry={() => void notice.refetch()} /> : <Loading />;
  const { title, paragraphs, version } = notice.data;
  return (
    <>
      <section className="card notice" lang="zh-CN">
        <h2>{title}</h2>
        {paragraphs.map((paragraph) => (
          <Paragraph key={paragraph} text={paragraph} />
        ))}
      </section>
      {children?.(version)}
    </>
  );
}

/** A paragraph begins with its question, up to a colon. */
function Paragraph({ text }: { readonly text: string }) {
  const end = text.indexOf('：') + 1;
  return (
    <p>
      <strong>{text.slice(0, end)}</strong>
      {text.slice(end)}
    </p>
  );
}
