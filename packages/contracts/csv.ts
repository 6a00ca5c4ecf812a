/**
 * Tables that a spreadsheet opens as they are meant. Whatever of them a person wrote cannot run there, and no long
 * number is rounded. Source: OWASP, "CSV Injection".
 */

// A cell that begins like a formula runs when the file is opened; long numbers and leading zeros are lost.
// Both are kept as text by a leading apostrophe, which our own reader takes away again.
const needsApostrophe = (text: string): boolean =>
  (/^[\s\0]*[=+\-@＝＋－＠'"|%\t\r\n]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text)) ||
  /^(0\d+|\d{12,})$/.test(text);

/** The text with an apostrophe before it where a spreadsheet would run or round it. */
export const safeText = (text: string): string => (needsApostrophe(text) ? `'${text}` : text);

const csvCell = (text: string): string => {
  const safe = safeText(text);
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** Lines of a table, each ended by CRLF. */
export const csvLines = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => `${cells.map(csvCell).join(',')}\r\n`).join('');

/**
 * A table that Excel opens as it is meant: UTF-8 with a byte-order mark, CRLF. Cells that a spreadsheet would run as a
 * formula or round (twelve digits and more) begin with an apostrophe.
 */
export const writeTable = (rows: readonly (readonly string[])[]): string => `\uFEFF${csvLines(rows)}`;
