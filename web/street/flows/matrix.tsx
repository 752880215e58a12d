/** Issuers by acquirers: a table, coloured by how much. */
import { Link } from 'wouter';
import { written, type Unit } from '../figure.ts';
import type { Range } from '../queries.ts';
import { useNames } from '../queries.ts';
import { useWords } from '../words.ts';
import { amountIn, between, type Flow, totalOf } from './flow.ts';

type MatrixProps = { readonly flows: readonly Flow[]; readonly unit: Unit; readonly range: Range };

export function Matrix({ flows, unit, range }: MatrixProps) {
  const { flows: words } = useWords();
  const names = useNames();
  const ids = names.all.map(({ id }) => id);
  const most = Math.max(1, ...flows.map((flow) => amountIn(unit, flow)));
  const sum = (some: readonly Flow[]) => written(unit, totalOf(some));
  return (
    <div className="scrolled" role="region" aria-label={words.matrix} tabIndex={0}>
      <table className="figure-table matrix">
        <caption className="hidden">{words.matrixCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.corner}</th>
            {ids.map((id) => (
              <th key={id} scope="col" className="number">
                {names.of(id)}
              </th>
            ))}
            <th scope="col" className="number total">
              {words.total}
            </th>
          </tr>
        </thead>
        <tbody>
          {ids.map((issuer) => (
            <tr key={issuer}>
              <th scope="row">{names.of(issuer)}</th>
              {ids.map((acquirer) => (
                <Cell key={acquirer} {...{ flows, unit, range, issuer, acquirer, most }} />
              ))}
              <td className="number total">{sum(flows.filter((flow) => flow.issuer === issuer))}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            {ids.map((acquirer) => (
              <td key={acquirer} className="number">
                {sum(flows.filter((flow) => flow.acquirer === acquirer))}
              </td>
            ))}
            <td className="number total">{sum(flows)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

type CellProps = MatrixProps & { readonly issuer: string; readonly acquirer: string; readonly most: number };

/** The darkest that a cell gets: what is written in it can still be read. */
const DARKEST = 0.42;

function Cell({ flows, unit, range, issuer, acquirer, most }: CellProps) {
  const { flows: words } = useWords();
  const names = useNames();
  const amounts = between(flows, issuer, acquirer);
  const heat = (Math.max(0, amountIn(unit, amounts)) / most) * DARKEST;
  const colour = issuer === acquirer ? `rgb(120 116 104 / ${heat})` : `rgb(11 110 79 / ${heat})`;
  const figure = written(unit, amounts);
  return (
    <td className="number" style={{ background: colour }}>
      {amounts.points === 0 && amounts.fen === 0 ? (
        <span className="nothing">{figure}</span>
      ) : (
        <Link
          href={`/flows/${range.from}/${range.through}/${issuer}/${acquirer}`}
          aria-label={words.cell(names.of(issuer), names.of(acquirer), figure)}
        >
          {figure}
        </Link>
      )}
    </td>
  );
}
