// Width and height of text, measured in the fonts that are drawn: DejaVu Sans, read with opentype.js.
import { readFileSync } from 'node:fs';
import { loadOptional, locateOptional } from './optional.js';

/** Settings that decide the width of a run of text. */
export interface Font {
  /** Size in pixels. */
  size: number;
  bold: boolean;
  italic: boolean;
}

interface Glyph {
  index: number;
  advanceWidth?: number;
}

interface Face {
  unitsPerEm: number;
  ascender: number;
  descender: number;
  charToGlyph(character: string): Glyph;
  position: {
    getKerningTables(script: string): unknown[] | undefined;
    getKerningValue(tables: unknown[], left: number, right: number): number;
  };
}

/** File names of the four faces, in the order regular, bold, italic, bold italic. */
const FACES = [
  'DejaVuSans.ttf',
  'DejaVuSans-Bold.ttf',
  'DejaVuSans-Oblique.ttf',
  'DejaVuSans-BoldOblique.ttf',
] as const;

/** Paths of the font files that figures are measured and rasterised with. */
export const fontFiles = (): string[] =>
  FACES.map((file) => locateOptional('dejavu-fonts-ttf', 'drawing a figure', `ttf/${file}`));

const loaded = new Map<string, Face>();

function face({ bold, italic }: Font): Face {
  const file = FACES[(bold ? 1 : 0) + (italic ? 2 : 0)];
  let known = loaded.get(file);
  if (known === undefined) {
    const opentype = loadOptional<{ parse(buffer: ArrayBuffer): Face }>('opentype.js', 'drawing a figure');
    const bytes = readFileSync(locateOptional('dejavu-fonts-ttf', 'drawing a figure', `ttf/${file}`));
    known = opentype.parse(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer,
    );
    loaded.set(file, known);
  }
  return known;
}

/**
 * Width of one line of text in pixels: advance widths plus kerning. Ligatures and complex scripts are not
 * shaped; figures do not use them.
 */
export function textWidth(text: string, font: Font): number {
  const used = face(font);
  // Asked for by script: without one the library looks into the default script, which has no pairs.
  const kerning = used.position.getKerningTables('latn') ?? [];
  let units = 0;
  let previous: Glyph | undefined;
  for (const character of text) {
    // Plotly writes zero-width spaces around super- and subscripts; fonts give them a box.
    if (character === '\u200b') continue;
    const glyph = used.charToGlyph(character);
    units += glyph.advanceWidth ?? 0;
    if (previous) units += used.position.getKerningValue(kerning, previous.index, glyph.index);
    previous = glyph;
  }
  return (units * font.size) / used.unitsPerEm;
}

/** Height of a line above and below its baseline, in pixels; both positive. */
export function lineExtent(font: Font): { ascent: number; descent: number } {
  const { ascender, descender, unitsPerEm } = face(font);
  return { ascent: (ascender * font.size) / unitsPerEm, descent: (-descender * font.size) / unitsPerEm };
}
