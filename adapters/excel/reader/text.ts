// The text of a cell as the XML holds it -> as Excel shows it: `_xHHHH_` stands for a character XML cannot hold.

/** Excel's own limit for the text of a cell; what a damaged file holds beyond it is cut. */
export const MAX_TEXT = 32_767;

export function decodeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** Collects the pieces of one text, at most what Excel allows. */
export function append(text: string, piece: string): string {
  if (text.length >= MAX_TEXT) return text;
  const room = MAX_TEXT - text.length;
  return text + (piece.length > room ? piece.slice(0, room) : piece);
}
