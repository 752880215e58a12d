/** How a workbook (.xlsx) that people send is read, for the API and the pages alike. The caller unpacks it, and bounds what it may unpack to. */
export { isPartOfCells, rowsOfParts, type SheetRow, TooLarge } from './rows.ts';
