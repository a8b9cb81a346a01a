/** The rows of a CSV text (RFC 4180) as records by its first row: comma, semicolon or tab, whichever its first row has. */

/** @returns none when there is no second row; fields beyond the header are left out */
export function recordsOfCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const [header = [], ...rows] = rowsOf(text.replace(/^\uFEFF/, ""), separatorOf(text));
  const names = header.map((name) => name.trim().toLowerCase());
  return rows
    .filter((row) => row.some((field) => field.trim() !== ""))
    .map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] ?? ""])));
}

function separatorOf(text: string): string {
  const [first = ""] = text.split("\n", 1);
  const counted = [",", ";", "\t"].map((sign) => ({ sign, count: first.split(sign).length }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).sign;
}

function rowsOf(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (isQuoted) {
      if (sign !== '"') field += sign;
      else if (text.charAt(at + 1) === '"') field += text.charAt(++at);
      else isQuoted = false;
    } else if (sign === '"' && field === "") isQuoted = true;
    else if (sign === separator) {
      row.push(field);
      field = "";
    } else if (sign === "\n") {
      rows.push([...row, field.replace(/\r$/, "")]);
      row = [];
      field = "";
    } else field += sign;
  }
  return field === "" && row.length === 0 ? rows : [...rows, [...row, field]];
}

/** @returns lines that end with CRLF. A field that a spreadsheet would compute gets an apostrophe. */
export function csvLine(fields: readonly string[]): string {
  const written = fields.map((field) => {
    const safe = /^[=+\-@\t\r]/.test(field) && !/^-?\d/.test(field) ? `'${field}` : field;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${written.join(",")}\r\n`;
}
