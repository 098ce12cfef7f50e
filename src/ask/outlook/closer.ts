// Questions for what is out of the ordinary, and for reports that are missing: of whom, and in which months.

import { takePeriods } from '../calendar/periods.ts';
import type { Filter, Query } from '../query.ts';
import type { FoundName } from '../understand/names-in-text.ts';
import type { AskContext } from '../understanding.ts';
import { fillers } from '../words/vocabulary.ts';

const odd =
  /(?:^| )(?:unusual|unusually|odd|oddities|strange|weird|anomal(?:y|ies|ous)|outliers?|suspicious|abnormal|irregular(?:ity|ities)?|out of the ordinary|stand(?:s|ing)? out|stood out|looks? (?:off|wrong|funny)|(?:is|was) off)(?= |$)/;
const missing =
  /(?:^| )(?:missing|without (?:any )?(?:data|reports?|figures)|not (?:yet )?(?:reported|sent|delivered|submitted|handed in)|(?:has|have|did|does|do)(?:nt| not| n t) (?:yet )?(?:reported?|sent|send|delivered?|submit(?:ted)?)|(?:still )?owes?(?: us)?|overdue|outstanding|gaps?|incomplete|late with)(?= |$)/;
/** What may stand beside, so that every word is accounted for. */
const beside = new Set(
  'anything something nothing everything is was are were there any looks look looked looking sales sale revenue turnover units pieces pcs quantity volume figures numbers data results months month reseller resellers retailer retailers customer customers client clients partner partners account accounts report reports file files upload uploads who whose which what where when since yet still us our send sent report reported reporting coverage detect find found spot spotted check see notice values value one ones period periods because of from by for per each has have had does did do not hasnt havent didnt and'.split(
    ' ',
  ),
);

export function closerLook(
  words: string,
  found: FoundName[],
  context: AskContext,
): Query | { unsettled: string } | null {
  const asks = odd.test(words) ? 'unusual' : missing.test(words) && aboutReports(words, found) ? 'missing' : null;
  if (asks === null) return null;
  const timed = takePeriods(words.replace(odd, ' ').replace(missing, ' ').replace(/ +/g, ' ').trim(), {
    today: context.today,
    data: context.names.months,
  });
  const left = timed.text
    .split(' ')
    .filter((word) => word !== '' && !/^@[np]\d+$/.test(word) && !beside.has(word) && !fillers.has(word));
  if (left.length > 0 || timed.periods.length > 1) return null;
  const period = timed.periods[0]?.range ?? null;
  const filters = filtersOf(found);
  if (asks === 'unusual') {
    const units = /(?:^| )(?:units|pieces|pcs|quantity|volume)(?= |$)/.test(words);
    return { kind: 'unusual', metric: units ? 'units' : 'sales', filters, period, chart: null };
  }
  if (filters.some(({ dimension }) => dimension !== 'reseller')) return null;
  return { kind: 'missing_reports', filters, period, chart: null };
}

/** Months, reports or files are missing, or somebody owes them: not sales, which have a question of their own. */
function aboutReports(words: string, found: FoundName[]): boolean {
  if (found.some(({ dimension }) => dimension !== 'reseller')) return false;
  return (
    /(?:^| )(?:months?|reports?|files?|data|coverage|uploads?|who|whose|which (?:resellers?|retailers?|customers?|clients?|partners?|accounts?))(?= |$)/.test(
      words,
    ) || /^(?:what|is|are) .*missing/.test(words)
  );
}

/** Names of one dimension together. */
export function filtersOf(found: FoundName[]): Filter[] {
  return [...new Set(found.map(({ dimension }) => dimension))].map((dimension) => ({
    dimension,
    names: [...new Set(found.filter((each) => each.dimension === dimension).flatMap(({ names }) => names))],
    exclude: false,
  }));
}
