/** Tables as CSV. Form: RFC 4180, https://www.rfc-editor.org/rfc/rfc4180 */

/** A number may be given as it is to be written: `{ decimal: '18.50' }`. */
type CsvCell = string | number | null | { decimal: `${number}` };

export type CsvRow = readonly CsvCell[];

/**
 * Rows as the text of a CSV file, all cells quoted. A cell that a spreadsheet would run as a formula (it begins with
 * = + - @, in full width too as input methods write them, a tab or a line's end) gets an apostrophe before it; numbers
 * stay numbers. What begins one: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function toCsv(rows: readonly CsvRow[]): string {
  // The mark at the front makes spreadsheets read UTF-8.
  return '\uFEFF' + moreCsv(rows);
}

/** Further rows of a file that `toCsv` began. */
export function moreCsv(rows: readonly CsvRow[]): string {
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(value: CsvCell): string {
  if (value === null) return '""';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'object') return value.decimal;
  const guarded = /^[=+\-@＝＋－＠\t\r\n]/.test(value) ? `'${value}` : value;
  return `"${guarded.replaceAll('"', '""')}"`;
}
