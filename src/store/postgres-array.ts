/** Values of a column as one PostgreSQL array literal: one parameter for any number of rows. */
export function arrayLiteral(sqlType: string, values: readonly unknown[]): string {
  const element = sqlType === 'text' ? text : sqlType === 'bytea' ? bytes : String;
  let literal = '{';
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (i > 0) literal += ',';
    literal += value === null ? 'NULL' : element(value as never);
  }
  return `${literal}}`;
}

function text(value: string): string {
  return `"${/["\\]/.test(value) ? value.replaceAll(/["\\]/g, String.raw`\$&`) : value}"`;
}

function bytes(value: Uint8Array): string {
  return String.raw`"\\x${(value as Buffer).toString('hex')}"`;
}
