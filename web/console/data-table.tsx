/** Lists as tables, read in pages. */
import { type InfiniteData, useInfiniteQuery, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useShared } from '../shared/words.ts';
import { Empty, Failed, Loading } from './states.tsx';
import { useConsole } from './words.ts';

export type Column<T> = { readonly title: string; readonly render: (row: T) => ReactNode; readonly figures: boolean };

/** A column of texts. */
export function column<T>(title: string, render: (row: T) => ReactNode): Column<T> {
  return { title, render, figures: false };
}

/** A column of figures: right-aligned, digits of one width. The title says the unit. */
export function figures<T>(title: string, render: (row: T) => ReactNode): Column<T> {
  return { title, render, figures: true };
}

type OnePage<T> = { readonly items: readonly T[]; readonly next_cursor: string | null };
type Pages<T> = UseInfiniteQueryResult<InfiniteData<OnePage<T>>>;

/** Reads a list page by page: `read` is given the cursor of the next one. */
export function usePages<T>(key: readonly unknown[], read: (cursor: string | undefined) => Promise<OnePage<T>>): Pages<T> {
  return useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next_cursor: next }) => next ?? undefined,
  });
}

/** The query of a page: `limit` and, but for the first, `cursor`. */
export function pageAt(cursor: string | undefined, limit = 20): { limit: number; cursor?: string } {
  return { limit, ...(cursor !== undefined && { cursor }) };
}

type RowsProps<T> = {
  /** Names the table to whom it is read out. */
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string;
  /** Said where there are none. */
  readonly empty?: string | undefined;
};

/**
 * A table of rows that are all there. The browser's own: antd's measures scroll bars by a style element without a nonce, which the policy of
 * the pages forbids, and nothing of it was used that this has not.
 */
export function Rows<T extends object>({ label, columns, rowKey, empty, rows }: RowsProps<T> & { readonly rows: readonly T[] }) {
  const words = useConsole();
  if (rows.length === 0) return <Empty title={empty ?? words.nothing} />;
  const classOf = (each: Column<T>) => (each.figures ? 'figure' : undefined);
  return (
    <section className="wide" aria-label={label} tabIndex={0}>
      <table className="rows" aria-label={label}>
        <thead>
          <tr>
            {columns.map((each) => (
              <th key={each.title} scope="col" className={classOf(each)}>
                {each.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((each) => (
                <td key={each.title} className={classOf(each)}>
                  {each.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** A table of a list that is read in pages, with a button for more. */
export function DataTable<T extends object>({ pages, ...props }: RowsProps<T> & { readonly pages: Pages<T> }) {
  const words = useShared();
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = pages;
  const failed = error !== null && <Failed error={error} retry={() => void (data ? fetchNextPage() : refetch())} />;
  if (!data) return isPending ? <Loading /> : failed;
  return (
    <>
      <Rows<T> {...props} rows={data.pages.flatMap(({ items }) => items)} />
      {failed}
      {hasNextPage && error === null && (
        <p className="more no-print">
          <Button onClick={() => void fetchNextPage()} loading={isFetchingNextPage}>
            {words.more}
          </Button>
        </p>
      )}
    </>
  );
}
