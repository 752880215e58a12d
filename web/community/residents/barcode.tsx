import JsBarcode from 'jsbarcode';
import { useMemo } from 'react';

const QUIET = 10;
const HEIGHT = 40;

/** A Code 128 barcode of digits, for tills with a laser. */
export function Barcode({ digits, label }: { readonly digits: string; readonly label: string }) {
  const bits = useMemo(() => bitsOf(digits), [digits]);
  const path = bits
    .split('')
    .map((bit, x) => (bit === '1' ? `M${x + QUIET} 0h1v${HEIGHT}h-1z` : ''))
    .join('');
  const width = bits.length + 2 * QUIET;
  return (
    <svg
      role="img"
      aria-label={label}
      className="barcode"
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      shapeRendering="crispEdges"
    >
      <rect width={width} height={HEIGHT} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function bitsOf(digits: string): string {
  const drawn: { encodings?: readonly { readonly data: string }[] } = {};
  JsBarcode(drawn, digits, { format: 'CODE128C' });
  return drawn.encodings!.map(({ data }) => data).join('');
}
