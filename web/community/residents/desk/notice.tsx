import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';

/** The privacy notice, to be read to somebody before they consent; folded until it is asked for. */
export function Notice() {
  const { data } = useQuery({
    queryKey: ['privacy-notice'],
    queryFn: () => answer(api.GET('/v1/privacy-notice')),
    staleTime: Infinity,
  });
  if (!data) return null;
  return (
    <details className="narrow gap">
      <summary>{data.title}</summary>
      {data.paragraphs.map((paragraph) => (
        <p key={paragraph}>{paragraph}</p>
      ))}
    </details>
  );
}
