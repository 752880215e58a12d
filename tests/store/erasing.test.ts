import { describe, expect, it } from 'vitest';
import { specOf, writeOrder } from '../../src/store/catalogue.ts';
import { columnsOf } from '../../src/store/columns.ts';
import { blankColumns, blankTables, personTables } from '../../src/store/person.ts';

const PERSONAL: ReadonlySet<string> = new Set(['name', 'contact', 'text']);

describe('a column that may tell of a person', () => {
  it.each(writeOrder)('in %s says what becomes of it when the person is erased, and no other does', (table) => {
    const personal = columnsOf(table).filter((column) => PERSONAL.has(column.class));
    expect(Object.keys(specOf(table).erasing ?? {}).toSorted()).toEqual(personal.map(({ property }) => property).toSorted());
  });
});

describe('what is emptied with a person', () => {
  it.each(writeOrder.filter((table) => blankColumns(table).length > 0))('in %s is found by whose it is', (table) => {
    expect(blankTables).toContain(table);
    expect(personTables).toContain(table);
  });

  it.each(writeOrder.filter((table) => specOf(table).mode === 'append'))('in %s, whose rows never change, may be emptied', (table) => {
    const emptied = Object.entries(specOf(table).erasing ?? {}).filter(([, fate]) => fate === 'blank' || fate === 'find');
    expect(specOf(table).blankable ?? []).toEqual(emptied.map(([property]) => property));
  });
});
