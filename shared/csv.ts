/** Tables as CSV. Form: RFC 4180, https://www.rfc-editor.org/rfc/rfc4180 */

/**
 * Rows as the text of a CSV file, all cells quoted. A cell that a spreadsheet would run as a formula (it begins with
 * = + - @, in full width too as input methods write them, a tab or a line's end) gets an apostrophe before it; numbers
 * stay numbers. What begins one: https://owasp.org/www-community/attacks/CSV_Injection
 */
export function toCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  // The mark at the front makes spreadsheets read UTF-8.
  return '\uFEFF' + rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

function cell(value: string | number | null): string {
  if (value === null) return '""';
  if (typeof value === 'number') return String(value);
  const guarded = /^[=+\-@＝＋－＠\t\r\n]/.test(value) ? `'${value}` : value;
  return `"${guarded.replaceAll('"', '""')}"`;
}
