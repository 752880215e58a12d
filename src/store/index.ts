export { backup, restore, setAside } from './backup.ts';
export { type GroupName, type Key, keyOf, keyText, specOf, writeOrder } from './catalogue.ts';
export { commandIds, hexOf, idOf, isId, type Prefix, prefixes } from './id.ts';
export { openReadable, openStore } from './open.ts';
export { hexText, pages } from './query.ts';
export { Conflict, type ReadableStore, type RowWrite, type Store, StoreUnavailable, StoreUnusable, type Tx, type View } from './store.ts';
export type { Row, Rows, TableName, Tables } from './tables.ts';
