/** Writes small PDFs for tests, by hand: text at places, in Helvetica, on as many pages as are wanted. */

export interface PlacedText {
  readonly text: string;
  /** In points, from the left and from the top. */
  readonly x: number;
  readonly y: number;
  readonly size?: number;
}

export const pageWidth = 595;
export const pageHeight = 842;

/** @returns a whole PDF 1.4 @see https://opensource.adobe.com/dc-acrobat-sdk-docs/pdfstandards/PDF32000_2008.pdf */
export function pdfOf(pages: readonly (readonly PlacedText[])[]): Uint8Array {
  const objects: string[] = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${4 + at * 2} 0 R`).join(" ")}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
  ];
  for (const [at, texts] of pages.entries()) {
    const content = texts
      .map(
        ({ text, x, y, size = 10 }) =>
          `BT /F1 ${size} Tf 1 0 0 1 ${x} ${pageHeight - y} Tm (${escaped(text)}) Tj ET`,
      )
      .join("\n");
    objects.push(
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${pageWidth} ${pageHeight}] /Contents ${5 + at * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    );
  }
  let file = "%PDF-1.4\n";
  const places = objects.map((object, at) => {
    const place = file.length;
    file += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const start = file.length;
  const rows = places.map((place) => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, "latin1");
}

/** In WinAnsi, which is Latin-1 for what stands here, and a few signs beside it. */
const escaped = (text: string) =>
  text
    .replaceAll("€", "\x80")
    .replaceAll("–", "\x96")
    .replaceAll("’", "\x92")
    .replaceAll(/[\\()]/g, (sign) => `\\${sign}`);

/** Lines of running text below each other. */
export const linesAt = (lines: readonly string[], x: number, y: number, size = 10): PlacedText[] =>
  lines.map((text, at) => ({ text, x, y: y + at * size * 1.3, size }));

/** Words in lines of so many characters. */
export function wrapped(text: string, length: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < length) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
