/** A code as a till's camera or scanner reads it. */
import JsBarcode from 'jsbarcode';
import encodeQR from 'qr';

/** Light modules around a picture, without which it is not found. */
const QR_QUIET = 4;
const BARS_QUIET = 10;
const BARS_HEIGHT = 44;

type PictureProps = { readonly digits: string; readonly label: string };

export function QrPicture({ digits, label }: PictureProps) {
  const rows = encodeQR(digits, 'raw', { ecc: 'medium', border: QR_QUIET });
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return <Picture className="qr" label={label} width={rows.length} height={rows.length} path={path} />;
}

/** Code 128, digits in pairs. */
export function BarPicture({ digits, label }: PictureProps) {
  const drawn: { encodings?: { data: string }[] } = {};
  JsBarcode(drawn, digits, { format: 'CODE128C' });
  const bits = drawn.encodings?.map(({ data }) => data).join('') ?? '';
  const path = bits
    .split('')
    .map((bit, x) => (bit === '1' ? `M${x + BARS_QUIET} 0h1v${BARS_HEIGHT}h-1z` : ''))
    .join('');
  return <Picture className="bars" label={label} width={bits.length + 2 * BARS_QUIET} height={BARS_HEIGHT} path={path} />;
}

type DrawnProps = {
  readonly className: string;
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly path: string;
};

function Picture({ className, label, width, height, path }: DrawnProps) {
  return (
    <svg className={className} role="img" aria-label={label} viewBox={`0 0 ${width} ${height}`} shapeRendering="crispEdges">
      <rect width={width} height={height} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
