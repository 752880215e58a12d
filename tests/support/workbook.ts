/** Workbooks (.xlsx) as a spreadsheet writes them. */
import { strToU8, zipSync } from 'fflate';

/** A cell: text, a number, a day as Excel counts it (shown as a date), or nothing. */
export type WorkbookCell = string | number | { readonly serial: number } | null;

type Made = {
  /** Merged cells: `A2:A3`. */
  readonly merged?: readonly string[];
  /** Put before the rows as they are. */
  readonly raw?: string;
  /** Put after the rows as they are. */
  readonly after?: string;
};

const NAMESPACE = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** A workbook with one sheet of these rows. */
export function workbookOf(rows: readonly (readonly WorkbookCell[])[], { merged = [], raw = '', after = '' }: Made = {}): Uint8Array {
  const strings: string[] = [];
  const data = rows.map(
    (cells, n) => `<row r="${n + 1}">${cells.map((cell, at) => cellOf(cell, `${letter(at)}${n + 1}`, strings)).join('')}</row>`,
  );
  const merges = merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('');
  const sheet = `<worksheet xmlns="${NAMESPACE}"><sheetData>${raw}${data.join('')}${after}</sheetData>${merges && `<mergeCells>${merges}</mergeCells>`}</worksheet>`;
  return zipSync(
    Object.fromEntries(
      Object.entries({
        '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
        '_rels/.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
        'xl/workbook.xml': `<workbook xmlns="${NAMESPACE}" xmlns:r="${OFFICE}"><sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>`,
        'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="${OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
        'xl/styles.xml': `<styleSheet xmlns="${NAMESPACE}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
        'xl/sharedStrings.xml': `<sst xmlns="${NAMESPACE}">${strings.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>`,
        'xl/worksheets/sheet1.xml': sheet,
      }).map(([name, xml]) => [name, strToU8(xml)]),
    ),
  );
}

function cellOf(cell: WorkbookCell, ref: string, strings: string[]): string {
  if (cell === null) return `<c r="${ref}"/>`;
  if (typeof cell === 'number') return `<c r="${ref}"><v>${cell}</v></c>`;
  if (typeof cell === 'object') return `<c r="${ref}" s="1"><v>${cell.serial}</v></c>`;
  return `<c r="${ref}" t="s"><v>${strings.push(cell) - 1}</v></c>`;
}

function letter(at: number): string {
  return String.fromCharCode(65 + at);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
