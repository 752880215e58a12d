import { sqliteKit } from './kit.ts';
import { tables as buildTables, walletPostings } from './tables.ts';

export const sqliteTables = buildTables(sqliteKit);
export const sqliteWalletPostings = walletPostings(sqliteKit.bytes);
