import { describe, expect, it } from 'vitest';
import { specOf, writeOrder } from '../../src/store/catalogue.ts';
import { columnsOf } from '../../src/store/columns.ts';

const PERSONAL: ReadonlySet<string> = new Set(['name', 'contact', 'text']);

describe('a column that may tell of a person', () => {
  it.each(writeOrder)('in %s says what becomes of it when the person is erased, and no other does', (table) => {
    const personal = columnsOf(table).filter((column) => PERSONAL.has(column.class));
    expect(Object.keys(specOf(table).erasing ?? {}).toSorted()).toEqual(personal.map(({ property }) => property).toSorted());
  });
});
