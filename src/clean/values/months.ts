// Month names, long and short, in the languages that reports arrive in, as 1 to 12.

// Short forms that are words of their own are left out: `out` (sell out), `set` (gift set), `mag`, `gen`.
const NAMES: readonly string[] = [
  'january jan januar jaenner janvier janv enero ene januari januarie gennaio styczen stycznia janeiro leden januarja січень січня sausis sausio janvaris',
  'february feb februar februari fevrier fevr fev febrero febbraio luty lutego lut fevereiro лютий лютого vasaris vasario',
  'march mar marz maerz mrz mars marzo maart mrt marzec marca marco березень березня kovas kovo marts',
  'april apr avril avr abril abr aprile kwiecien kwietnia kwi квітень квітня balandis balandzio',
  'may mai mayo mei maggio maj maja maio травень травня geguze geguzes maij',
  'june jun juni juin junio giugno giu czerwiec czerwca cze junho червень червня birzelis birzelio',
  'july jul juli juillet juil julio luglio lug lipiec lipca lip julho липень липня liepa liepos',
  'august aug aout agosto ago augustus sierpien sierpnia sie серпень серпня rugpjutis rugpjucio',
  'september sep sept septembre septiembre settembre wrzesien wrzesnia wrz setembro вересень вересня rugsejis rugsejo',
  'october oct oktober okt octobre octubre ottobre ott pazdziernik pazdziernika paz outubro жовтень жовтня spalis spalio',
  'november nov novembre noviembre listopad listopada lis novembro листопад листопада lapkritis lapkricio',
  'december dec dezember dez decembre diciembre dic dicembre grudzien grudnia gru dezembro грудень грудня gruodis gruodzio desember',
];

const MONTHS = new Map<string, number>();
for (const [i, names] of NAMES.entries()) for (const name of names.split(' ')) MONTHS.set(keyOf(name), i + 1);

/** 1 to 12; null when it is no month's name. Case, accents and a final dot do not matter. */
export function monthOf(word: string): number | null {
  return MONTHS.get(keyOf(word)) ?? null;
}

function keyOf(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\u0142/g, 'l')
    .replace(/\.$/, '')
    .trim();
}
