/** A table of figures: heads of columns and of rows, numbers to the right. */
import type { ReactNode } from 'react';

type Cells = readonly ReactNode[];

type FigureTableProps = {
  /** Heard by a screen reader; the eye has the heading above. */
  readonly name: string;
  readonly head: readonly string[];
  /** The first cell of each row is its head. */
  readonly rows: readonly Cells[];
  /** Columns of words, from 0; all the others hold numbers. */
  readonly wordsIn?: readonly number[];
  readonly foot?: Cells | undefined;
};

export function FigureTable({ name, head, rows, wordsIn = [], foot }: FigureTableProps) {
  const classOf = (column: number) => (column === 0 || wordsIn.includes(column) ? undefined : 'number');
  return (
    <div className="scrolled" role="region" aria-label={name} tabIndex={0}>
      <table className="figure-table">
        <caption className="hidden">{name}</caption>
        <thead>
          <tr>
            {head.map((each, column) => (
              <th key={column} scope="col" className={classOf(column)}>
                {each}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((cells, n) => (
            <Row key={n} cells={cells} classOf={classOf} />
          ))}
        </tbody>
        {foot && (
          <tfoot>
            <Row cells={foot} classOf={classOf} />
          </tfoot>
        )}
      </table>
    </div>
  );
}

function Row({ cells: [first, ...others], classOf }: { readonly cells: Cells; readonly classOf: (column: number) => string | undefined }) {
  return (
    <tr>
      <th scope="row">{first}</th>
      {others.map((cell, n) => (
        <td key={n} className={classOf(n + 1)}>
          {cell}
        </td>
      ))}
    </tr>
  );
}
