// What a language brings: the words that say it is this one, and its words by their meaning in English.

export interface Language {
  /** Words that no English question holds, with bars between them. */
  telling: string;
  /** English -> the words for it, with bars between them; phrases stand before their parts. */
  words: Record<string, string>;
}

/** Of all of them together: months are told apart by nobody. */
export const months: Record<string, string> = {
  january: 'januar|jänner|januari|janvier|enero',
  february: 'februar|februari|février|febrero',
  march: 'märz|maart|mars|marzo',
  april: 'avril|abril',
  may: 'mai|mei|mayo',
  june: 'juni|juin|junio',
  july: 'juli|juillet|julio',
  august: 'augustus|août|agosto',
  september: 'septembre|septiembre',
  october: 'oktober|octobre|octubre',
  november: 'novembre|noviembre',
  december: 'dezember|décembre|diciembre',
};
