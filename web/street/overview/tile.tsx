import { Card } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { Shown } from '../../console/states.tsx';

type Query<T> = Parameters<typeof Shown<T>>[0]['query'];

type TileProps<T> = {
  readonly title: string;
  /** The section that tells more of it. */
  readonly href: string;
  readonly query: Query<T>;
  /** The figure, and beneath it what is to be known of it. */
  readonly children: (data: T) => readonly [figure: ReactNode, note: ReactNode];
};

/** A figure of the scheme at a glance, with the way to what is behind it. */
export function Tile<T>({ title, href, query, children }: TileProps<T>) {
  const shown = (data: T) => {
    const [figure, note] = children(data);
    return (
      <>
        <p className="tile-figure">{figure}</p>
        <p className="tile-note">{note}</p>
      </>
    );
  };
  return (
    <Card size="small" className="tile">
      <h2>
        <Link href={href}>{title}</Link>
      </h2>
      <Shown query={query}>{shown}</Shown>
    </Card>
  );
}
