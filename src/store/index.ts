export { damageOf } from './sqlite-damage.ts';
export { backup, restore } from './sqlite-backup.ts';
export { type GroupName, type Key, keyOf, keyText, specOf, writeOrder } from './catalogue.ts';
export { type Column, columnsOf } from './columns.ts';
export { copyRows } from './copy.ts';
export { distribute, distribution } from './postgres-distribute.ts';
export type { FoldedAlike } from './fold-references.ts';
export { commandIds, hexOf, idOf, isId, type Prefix, prefixes } from './id.ts';
export {
  blanked,
  blankedMentions,
  blankColumns,
  blankTables,
  filledColumns,
  mentioningTables,
  mentionsOf,
  pathToPerson,
  personColumns,
  personTables,
  rowsMentioning,
  rowsOfPersons,
} from './person.ts';
export { isVacant, openReadable, openStore, setAside, type StoreOptions } from './open.ts';
export { isPassing, messageOf } from './outage.ts';
export { nameKey, nameSlotOf } from './name-keys.ts';
export { nameKeys, phoneEndKey, UNKNOWN_END } from './search-keys.ts';
export { isOneOf, ofOffice, type Page, pages, placed, preparing, rowByKey, rowsById } from './query.ts';
export { type Reader, readerOf } from './reader.ts';
export {
  Conflict,
  type Hindrance,
  type PrunableTable,
  prunableTables,
  type ReadableStore,
  type Store,
  StoreUnavailable,
  StoreUnusable,
  type SummedTable,
  type Tx,
  type View,
} from './store.ts';
export { type Row, type Rows, type TableName, type Tables, WALLET_CODE } from './tables.ts';
export { fixedColumns } from './sqlite-tables.ts';
export { folderOf, nameOf } from './url.ts';
